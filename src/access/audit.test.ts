import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import type { PostAnswer, TestHub } from '../testing/test-hub.js'
import { signUp } from '../testing/test-validator.js'
import { hubSchema } from '../hub/schema.js'
import { CALLS, EMAIL, PASSWORD, startHubWithCalls } from '../testing/api/mutations.js'

const mutations = Object.keys(hubSchema().getMutationType()?.getFields() ?? {})

/** By validators, of which more is kept than an entry would tell. */
const UNRECORDED_MUTATIONS = ['abstain', 'createSignupChallenge', 'signup', 'submitTick', 'submitTicks']

interface Entry {
  actor: string
  action: string
  subjectKind: string
  subjectId: string | null
  detail: string | null
  ownerEmail: string | null
}

let hub: TestHub
let fieldOf: (name: string) => string
beforeAll(async () => {
  ;({ hub, fieldOf } = await startHubWithCalls(inject('template')))
})
afterAll(() => hub.close())

const LOG = `query ($after: String, $owner: String) { auditLog(first: 100, after: $after, ownerEmail: $owner) {
  edges { node { id at actor action subjectKind subjectId detail tokenId ownerEmail } } } }`

async function readLog(token: string, owner: string | null = null): Promise<Entry[]> {
  const { data, errors } = await hub.post<{ auditLog: { edges: { node: Entry }[] } }>(LOG, {
    token,
    variables: { owner },
  })
  if (!data) throw new Error(JSON.stringify(errors))
  return data.auditLog.edges.map(({ node }) => node)
}

async function tokenFor(as: string): Promise<string | undefined> {
  if (as === 'anyone') return undefined
  if (as === 'owner') return hub.ownerToken
  if (as === 'operator') return hub.operatorToken
  for (const password of [PASSWORD, `another ${PASSWORD}`]) {
    const { data } = await hub.post<{ logIn: { token?: string } }>(
      `mutation { logIn(input: { email: "${EMAIL}", password: "${password}" }) { ... on LogInSuccess { token } } }`,
    )
    if (data?.logIn.token !== undefined) return data.logIn.token
  }
  throw new Error('nobody can log in')
}

describe('the log of changes', () => {
  it('has every mutation in its tests, or on the short list of those that leave no entry', () => {
    expect([...Object.keys(CALLS), ...UNRECORDED_MUTATIONS].toSorted()).toEqual(mutations.toSorted())
  })

  it('begins with the owner that the hub made', async () => {
    expect((await readLog(hub.ownerToken)).at(-1)).toMatchObject({ actor: 'HUB', action: 'createFirstOwner' })
  })

  it.each(Object.entries(CALLS))('%s leaves one entry', async (action, { as, kind, detail }) => {
    const token = await tokenFor(as)
    const before = await hub.parts.store.prisma.auditEntry.count()
    const { data, errors } = await hub.post(
      `mutation { ${fieldOf(action)} { __typename } }`,
      token === undefined ? {} : { token },
    )
    expect(errors).toBeUndefined()
    expect(JSON.stringify(data)).not.toContain('Refused')
    expect(await hub.parts.store.prisma.auditEntry.count()).toBe(before + 1)
    const [entry] = await readLog(hub.operatorToken)
    expect(entry).toMatchObject({ action, subjectKind: kind, actor: as === 'operator' ? 'OPERATOR' : 'OWNER' })
    expect(entry?.subjectId).toEqual(expect.any(String))
    expect(entry?.detail).toBe(detail ?? null)
    expect(JSON.stringify(entry)).not.toMatch(/secret|ov[osp]_|horse/)
  })

  it.each([
    ['a refusal', 'deleteWebsite(id: "none")', 'owner'],
    ['a fault', 'startRound', 'owner'],
    ['a failed log-in', 'logIn(input: { email: "ada@example.com", password: "wrong" })', 'anyone'],
    ['what finds nothing', `setValidatorBan(id: "${randomUUID()}", banned: true)`, 'operator'],
  ])('has no entry of %s', async (_what, call, as) => {
    const token = await tokenFor(as)
    const before = await hub.parts.store.prisma.auditEntry.count()
    await hub.post(`mutation { ${call} { __typename } }`, token === undefined ? {} : { token })
    expect(await hub.parts.store.prisma.auditEntry.count()).toBe(before)
  })

  it('shows owners their own part, operators everything and one owner of choice, and nobody else anything', async () => {
    const own = await readLog(hub.ownerToken)
    expect(new Set(own.map(({ ownerEmail }) => ownerEmail))).toEqual(new Set(['owner@localhost']))
    const all = await readLog(hub.operatorToken)
    expect(new Set(all.map(({ ownerEmail }) => ownerEmail))).toEqual(
      new Set(['owner@localhost', EMAIL, 'new@example.com', null]),
    )
    const hers = await readLog(hub.operatorToken, ' Ada@example.com ')
    expect(hers).toEqual(all.filter(({ ownerEmail }) => ownerEmail === EMAIL))
    // What was done about her is hers to see.
    expect(hers.map(({ action }) => action)).toContain('revokeOwnerTokens')
    expect(await hub.post(LOG, { token: hub.ownerToken, variables: { owner: EMAIL } })).toMatchObject({
      errors: [{ extensions: { code: 'FORBIDDEN' } }],
    })
    expect(await hub.post(LOG)).toMatchObject({ errors: [{ extensions: { code: 'UNAUTHENTICATED' } }] })
    const { sessionToken } = await signUp(hub)
    expect(await hub.post(LOG, { token: sessionToken })).toMatchObject({
      errors: [{ extensions: { code: 'FORBIDDEN' } }],
    })
  })

  it('is read in pages, newest first', async () => {
    const all = await readLog(hub.operatorToken)
    const page = `query ($after: String) { auditLog(first: 7, after: $after) { pageInfo { hasNextPage endCursor } edges { node { id } } } }`
    const found: unknown[] = []
    for (let after: string | null = null, more = true; more;) {
      type Page = {
        auditLog: { pageInfo: { hasNextPage: boolean; endCursor: string }; edges: { node: { id: string } }[] }
      }
      const { data }: PostAnswer<Page> = await hub.post<Page>(page, { token: hub.operatorToken, variables: { after } })
      found.push(...(data?.auditLog.edges.map(({ node }) => node.id) ?? []))
      after = data?.auditLog.pageInfo.endCursor ?? null
      more = data?.auditLog.pageInfo.hasNextPage ?? false
    }
    expect(found).toEqual(all.map((entry) => (entry as unknown as { id: string }).id))
    expect(await hub.post(page, { token: hub.operatorToken, variables: { after: 'x' } })).toMatchObject({
      errors: [{ extensions: { code: 'BAD_USER_INPUT' } }],
    })
  })

  it('keeps a change from being made that could not be written down', async () => {
    const { prisma, sql } = hub.parts.store
    const before = await prisma.apiToken.count()
    await sql.query('ALTER TABLE "AuditEntry" ADD CONSTRAINT full_disk CHECK (false) NOT VALID')
    const answer = await hub.post('mutation { createApiToken(input: { name: "x" }) { __typename } }', {
      token: hub.ownerToken,
    })
    await sql.query('ALTER TABLE "AuditEntry" DROP CONSTRAINT full_disk')
    expect(answer).toMatchObject({ errors: [{ extensions: { code: 'INTERNAL_SERVER_ERROR' } }] })
    expect(await prisma.apiToken.count()).toBe(before)
    expect(hub.errors.splice(0)).toHaveLength(1)
  })
})
