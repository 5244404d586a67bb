import { pino } from 'pino'
import { afterEach, describe, expect, inject, it } from 'vitest'
import { serveHttp } from '../testing/agent/check/loopback.js'
import { eventually } from '../testing/eventually.js'
import { startTestHub, type TestHub, type TestHubOptions } from '../testing/test-hub.js'
import { joinHub, playRound } from '../testing/test-round.js'
import { createWebsites, submitBatch, answer } from '../testing/test-validator.js'
import { serveDns } from '../testing/dial/serve-dns.js'

const OWNERSHIP = `ownership { host proven withheld method provenAt checkedAt failedAt
  instructions { dnsName dnsValue fileUrl fileContent metaUrl metaTag } }`

interface Ownership {
  proven: boolean
  withheld: boolean
  instructions: { dnsName: string | null; dnsValue: string | null; fileUrl: string; fileContent: string }
}

let hub: TestHub
async function start(options: TestHubOptions) {
  hub = await startTestHub(inject('template'), options)
}
afterEach(() => hub.close())

async function createWebsite(url: string): Promise<string> {
  const { data } = await hub.post<{ createWebsite: { website: { id: string } } }>(
    'mutation ($url: String!) { createWebsite(input: { name: "x", url: $url }) { ... on CreateWebsiteSuccess { website { id } } } }',
    { token: hub.ownerToken, variables: { url } },
  )
  return data?.createWebsite.website.id ?? ''
}

async function readOwnership(id: string): Promise<Ownership | undefined> {
  const { data } = await hub.post<{ website: { ownership: Ownership } | null }>(
    `query ($id: ID!) { website(id: $id) { ${OWNERSHIP} } }`,
    { token: hub.ownerToken, variables: { id } },
  )
  return data?.website?.ownership
}

const VERIFY = `mutation ($input: VerifyOwnershipInput!) { verifyOwnership(input: $input) {
  __typename ... on VerifyOwnershipSuccess { website { ${OWNERSHIP} } } ... on VerifyOwnershipRefused { reason message retryAfter } } }`

async function verify(websiteId: string, method: string, token = hub.ownerToken) {
  const { data, errors } = await hub.post<{ verifyOwnership: Record<string, unknown> }>(VERIFY, {
    token,
    variables: { input: { websiteId, method } },
  })
  return errors ?? data?.verifyOwnership
}

describe('a hub that asks for ownership', () => {
  it('sends validators to proven websites only, and says so to their owner', async () => {
    await start({ settings: { requireOwnership: true } })
    const site = await serveHttp((_request, response) => response.end(token))
    const [unproven = ''] = await createWebsites(hub, 1)
    const proven = await createWebsite(site.url('/shop'))
    const { instructions, ...before } = (await readOwnership(proven)) ?? { instructions: { fileContent: '' } }
    const token = instructions.fileContent
    expect(before).toEqual({
      host: `127.0.0.1:${site.port}`,
      proven: false,
      withheld: true,
      method: null,
      provenAt: null,
      checkedAt: null,
      failedAt: null,
    })
    const member = await joinHub(hub)
    hub.clock.advance(60_000)
    expect(await hub.startRound(hub.clock.now())).toMatchObject({ websiteCount: 0 })
    const at = new Date(hub.clock.now()).toISOString()
    expect(await verify(proven, 'FILE')).toMatchObject({
      __typename: 'VerifyOwnershipSuccess',
      website: {
        ownership: { proven: true, withheld: false, method: 'FILE', provenAt: at, checkedAt: at, failedAt: null },
      },
    })
    const [tasks = []] = await playRound(hub, member)
    expect(tasks.map(({ websiteId }) => websiteId)).toEqual([proven])
    await submitBatch(
      hub,
      member,
      tasks.map((task) => ({ task, tick: answer(task) })),
    )
    hub.clock.advance(60_000)
    // The round closes with a verdict on what it has asked for, and on nothing else.
    const { prisma } = hub.parts.store
    await eventually(async () => expect(await prisma.round.count({ where: { closedAt: null } })).toBe(0))
    const { no } = await prisma.website.findUniqueOrThrow({ where: { id: proven } })
    expect(await prisma.verdict.findMany()).toMatchObject([{ websiteNo: no, status: 'Good' }])
    expect(await readOwnership(unproven)).toMatchObject({ proven: false, withheld: true })
    await member.socket.close()
    expect(hub.errors).toEqual([])
  })

  it("does not take one owner's proof for another's", async () => {
    await start({ settings: { requireOwnership: true, registration: 'open' } })
    const { prisma } = hub.parts.store
    const mine = await createWebsite('https://shop.example.com/')
    const { userId } = await prisma.website.findUniqueOrThrow({ where: { id: mine } })
    const at = new Date(hub.clock.now())
    const proof = { host: 'shop.example.com', method: 'DNS', provenAt: at, checkedAt: at } as const
    const other = await prisma.user.create({ data: { email: 'other@example.com' } })
    await prisma.hostProof.create({ data: { ...proof, userId: other.id } })
    hub.clock.advance(60_000)
    expect(await hub.startRound(hub.clock.now())).toMatchObject({ websiteCount: 0 })
    expect(await readOwnership(mine)).toMatchObject({ proven: false, withheld: true })
    await prisma.hostProof.create({ data: { ...proof, userId } })
    hub.clock.advance(60_000)
    expect(await hub.startRound(hub.clock.now())).toMatchObject({ websiteCount: 1 })
    await prisma.hostProof.updateMany({ data: { failedAt: new Date(at.getTime() - 7 * 86_400_000) } })
    hub.clock.advance(60_000)
    expect(await hub.startRound(hub.clock.now())).toMatchObject({ websiteCount: 0 })
  })

  it('reads any number of proofs', async () => {
    await start({ settings: { requireOwnership: true } })
    const { sql } = hub.parts.store
    await sql.query(
      `WITH site AS (
         INSERT INTO "Website" (id, "userId", name, url)
         SELECT gen_random_uuid(), (SELECT id FROM "User"), 'x', 'https://h' || n || '.example.com:8443/' FROM generate_series(1, 3000) n
         RETURNING id)
       INSERT INTO "WebsiteCheck" ("websiteId", revision, settings) SELECT id, 1, '{}'::jsonb FROM site`,
    )
    await sql.query(
      `INSERT INTO "HostProof" ("userId", host, method, "provenAt", "checkedAt")
       SELECT (SELECT id FROM "User"), 'h' || n || '.example.com' || CASE WHEN n % 2 = 0 THEN ':8443' ELSE '' END, 'DNS', now(), now()
       FROM generate_series(1, 2700) n`,
    )
    hub.clock.advance(60_000)
    expect(await hub.startRound(hub.clock.now())).toMatchObject({ websiteCount: 2700 })
  })
})

describe('a hub that does not', () => {
  it('sends validators everywhere, and shows proofs all the same', async () => {
    const records = new Map<string, string[]>()
    const { createResolver } = await serveDns((name) => records.get(name) ?? [])
    await start({ overrides: { createDnsResolver: createResolver } })
    const id = await createWebsite('https://shop.example.com/')
    const ownership = await readOwnership(id)
    expect(ownership).toMatchObject({ proven: false, withheld: false })
    hub.clock.advance(60_000)
    expect(await hub.startRound(hub.clock.now())).toMatchObject({ websiteCount: 1 })
    expect(await verify(id, 'DNS')).toMatchObject({ reason: 'TOKEN_NOT_FOUND', retryAfter: null })
    const { dnsName, dnsValue } = ownership?.instructions ?? {}
    records.set(dnsName ?? '', [dnsValue ?? ''])
    expect(await verify(id, 'DNS')).toMatchObject({ website: { ownership: { proven: true, method: 'DNS' } } })
    expect(await hub.parts.store.prisma.auditEntry.findMany({ where: { action: 'verifyOwnership' } })).toMatchObject([
      { actor: 'OWNER', subjectKind: 'Website', subjectId: id },
    ])
  })

  it('lets owners prove their own websites only', async () => {
    await start({})
    const id = await createWebsite('https://shop.example.com/')
    expect(await verify(id, 'DNS', hub.operatorToken)).toMatchObject([{ extensions: { code: 'FORBIDDEN' } }])
    expect(await verify(id, 'DNS', '')).toMatchObject([{ extensions: { code: 'UNAUTHENTICATED' } }])
    expect(await hub.parts.store.prisma.hostProof.count()).toBe(0)
  })
})

describe('at its start a hub', () => {
  it.each([
    ['open', false, 1],
    ['open', true, 0],
    ['closed', false, 0],
  ] as const)('with registration %s and ownership asked for: %s', async (registration, requireOwnership, count) => {
    const lines: string[] = []
    const log = pino({ level: 'warn' }, { write: (line: string) => void lines.push(line) })
    await start({ settings: { registration, requireOwnership }, overrides: { log } })
    expect(lines.filter((line) => line.includes('OVERLAPS_REQUIRE_OWNERSHIP'))).toHaveLength(count)
  })
})
