import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { fetchExport, FIRST_ROUND_AT, fillRounds, readExport } from '../testing/export/export.js'
import { startTestHub, type TestHub } from '../testing/test-hub.js'
import { createWebsites, signUp } from '../testing/test-validator.js'

let hub: TestHub
let websites: string[]
let othersWebsite: string

beforeAll(async () => {
  hub = await startTestHub(inject('template'))
  websites = await createWebsites(hub, 2)
  const { id: userId } = await hub.parts.store.prisma.user.create({ data: { email: 'ada@example.com' } })
  othersWebsite = (
    await hub.parts.store.prisma.website.create({ data: { userId, name: 'other', url: 'http://other.example/' } })
  ).id
  await fillRounds(hub, { rounds: 3, validators: 4 })
})
afterAll(() => hub.close())

const minute = (count: number) => new Date(FIRST_ROUND_AT + count * 60_000).toISOString()

describe('GET /export', () => {
  it('sends CSV as a file that cannot be taken for anything else', async () => {
    const response = await fetchExport(hub, 'ticks.csv')
    expect(response.status).toBe(200)
    expect(Object.fromEntries(response.headers)).toMatchObject({
      'content-type': 'text/csv; charset=utf-8; header=present',
      'content-disposition': 'attachment; filename="overlaps-ticks.csv"',
      'cache-control': 'no-store',
      'x-content-type-options': 'nosniff',
    })
    const lines = (await response.text()).split('\r\n')
    expect(lines[0]).toMatch(/^round_at,website,validator,/)
    expect(lines).toHaveLength(1 + 2 * 3 * 4 + 1)
    expect(lines.at(-1)).toBe('')
  })

  it('marks CSV as UTF-8 for spreadsheets that are asked to be told, and JSON Lines never', async () => {
    const startOf = async (file: string, bom: Record<string, string>) =>
      Buffer.from(await (await fetchExport(hub, file, bom)).arrayBuffer())
        .subarray(0, 11)
        .toString('latin1')
    expect(await startOf('ticks.csv', { bom: '1' })).toBe('\u00ef\u00bb\u00bfround_at')
    for (const bom of [{ bom: '0' }, {}]) expect(await startOf('ticks.csv', bom)).toMatch(/^round_at/)
    expect(await startOf('verdicts.jsonl', { bom: '1' })).toMatch(/^\{/)
    const refused = await fetchExport(hub, 'ticks.csv', { bom: 'yes' })
    expect([refused.status, await refused.json()]).toEqual([
      400,
      { errors: [{ message: expect.stringContaining('bom must be 1'), extensions: { code: 'BAD_USER_INPUT' } }] },
    ])
  })

  it('sends JSON Lines', async () => {
    const response = await fetchExport(hub, 'verdicts.jsonl', { website: websites[0] ?? '' })
    expect(response.headers.get('content-type')).toBe('application/jsonl; charset=utf-8')
    expect(response.headers.get('content-disposition')).toBe(
      `attachment; filename="overlaps-verdicts-${websites[0]}.jsonl"`,
    )
    const rows = (await response.text()).trimEnd().split('\n')
    expect(rows.map((row) => JSON.parse(row) as unknown)).toEqual(
      [0, 1, 2].map((count) => expect.objectContaining({ round_at: minute(count), website: websites[0] })),
    )
  })

  it('keeps to a window', async () => {
    const rows = await readExport(hub, 'rosters', { website: websites[1] ?? '', from: minute(1), to: minute(2) })
    expect(rows).toHaveLength(4)
    expect(new Set(rows.map((row) => row['round_at']))).toEqual(new Set([minute(1)]))
    expect(await readExport(hub, 'ticks', { from: '2026-11-23' })).toEqual([])
    expect(await readExport(hub, 'ticks', { from: '2026-11-22', to: '2026-11-23' })).toHaveLength(24)
  })

  it("sends an owner's own websites only", async () => {
    const rows = await readExport(hub, 'ticks')
    expect([...new Set(rows.map((row) => row['website']))]).toEqual(websites)
  })

  it('sends to an operator what is of the owner whom he names', async () => {
    const as = { token: hub.operatorToken }
    const of = (owner: string) => fetchExport(hub, 'verdicts.jsonl', { owner }, as)
    expect((await (await of('Ada@example.com')).text()).split('\n')).toHaveLength(3 + 1)
    expect((await of('nobody@example.com')).status).toBe(404)
    expect((await of('=')).status).toBe(404)
    expect((await fetchExport(hub, 'verdicts.jsonl', {}, as)).status).toBe(400)
  })

  it('answers HEAD as GET, without the rows', async () => {
    const response = await fetchExport(hub, 'ticks.csv', {}, { method: 'HEAD' })
    expect(response.status).toBe(200)
    expect(response.headers.get('content-type')).toMatch(/^text\/csv/)
    expect(await response.text()).toBe('')
    const refused = await fetchExport(hub, 'ticks.csv', {}, { method: 'HEAD', token: null })
    expect([refused.status, await refused.text()]).toEqual([401, ''])
  })
})

describe('an export is refused', () => {
  it.each([
    ['without a token', 'ticks.csv', {}, null, 401, /^Send an owner's token/],
    ['with a wrong token', 'ticks.csv', {}, 'ovo_wrong', 401, /unknown, expired or revoked/],
    ['with a broken header', 'ticks.csv', {}, 'a b', 401, /must read/],
    [
      'of an unknown kind',
      'tocks.csv',
      {},
      'ovo_wrong',
      404,
      /^There is no such export: ask for one of ticks, rosters/,
    ],
    ['in an unknown form', 'ticks.xml', {}, undefined, 404, /\.csv or \.jsonl/],
    ['of no kind', '', {}, undefined, 404, /no such export/],
    ['deeper', 'ticks.csv/x', {}, undefined, 404, /no such export/],
    ['of nothing known', 'ticks.csv', { website: 'x' }, undefined, 404, /no website with that ID/],
    ['with a misspelt parameter', 'ticks.csv', { form: '2026-11-22' }, undefined, 400, /no parameter "form"/],
    ['from no instant', 'ticks.csv', { from: 'yesterday' }, undefined, 400, /^from must be an instant/],
    ['to no day', 'ticks.csv', { to: '2026-02-30' }, undefined, 400, /^to must be an instant/],
    ['with another offset', 'ticks.csv', { to: '2026-11-22T13:00:00.000+01:00' }, undefined, 400, /^to must be/],
    ['backwards', 'ticks.csv', { from: minute(1), to: minute(1) }, undefined, 400, /from must lie before to/],
    ['for another owner', 'ticks.csv', { owner: 'ada@example.com' }, undefined, 403, /^Only an operator/],
  ] as const)('%s', async (_what, file, parameters, token, status, words) => {
    const response = await fetchExport(hub, file, { ...parameters }, token === undefined ? {} : { token })
    expect(response.status).toBe(status)
    expect(response.headers.get('www-authenticate')).toBe(status === 401 ? 'Bearer realm="overlaps"' : null)
    const { errors } = (await response.json()) as { errors: { message: string; extensions: { code: string } }[] }
    expect(errors).toEqual([{ message: expect.stringMatching(words), extensions: { code: expect.any(String) } }])
  })

  it('twice the same parameter', async () => {
    const response = await fetch(`${hub.url}/export/ticks.csv?from=2026-11-22&from=2026-11-23`, {
      headers: { authorization: `Bearer ${hub.ownerToken}` },
    })
    expect([response.status, await response.text()]).toEqual([400, expect.stringContaining('more than once')])
  })

  it("of somebody else's website, as of one that is not there", async () => {
    const of = async (website: string) => (await fetchExport(hub, 'ticks.csv', { website })).text()
    expect(await of(othersWebsite)).toBe(await of('01890000-0000-7000-8000-000000000000'))
  })

  it('with the token of a validator', async () => {
    const { sessionToken } = await signUp(hub)
    expect((await fetchExport(hub, 'ticks.csv', {}, { token: sessionToken })).status).toBe(403)
  })

  it.each(['POST', 'PUT', 'DELETE', 'OPTIONS'])('by %s', async (method) => {
    const response = await fetchExport(hub, 'ticks.csv', {}, { method, ...(method === 'POST' && { body: 'x' }) })
    expect([response.status, response.headers.get('allow')]).toEqual([405, 'GET, HEAD'])
  })
})

it('nothing of this was a fault of the hub', () => {
  expect(hub.errors).toEqual([])
})
