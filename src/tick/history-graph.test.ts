import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import type { Website } from '../generated/prisma/client.js'
import { ask, countOperations, ownerIdentity } from '../testing/owner/parts.js'
import { formatInstant } from '../protocol/text-forms.js'
import { createTestHistory, createTestSchema, type TestValidator } from '../testing/tick/history.js'
import { MINUTE_MS } from '../time.js'

const history = await createTestHistory(inject('template'))
const { parts } = history
afterAll(() => parts.store.close())
const schema = createTestSchema()
/** The round that is open as the clock stands; those before are closed. */
const OPEN = parts.clock.now()
const ROUNDS = [4, 3, 2, 1, 0].map((back) => OPEN - back * MINUTE_MS)
const [, R2, R3, R4] = ROUNDS.map(formatInstant)
const websites: Website[] = []
const validators: TestValidator[] = []
const userId = await history.addOwner('owner')
const owner = ownerIdentity(userId)
const stranger = ownerIdentity(await history.addOwner('stranger'))

beforeAll(async () => {
  for (const name of ['a', 'b', 'c']) websites.push(await history.addWebsite(userId, name))
  for (let count = 0; count < 3; count++) validators.push(await history.addValidator())
  await history.addRounds(ROUNDS)
  // Website a: three answers a round, those of the last validator Bad. Website b: one answer a round. c: none.
  const [a, b] = websites
  for (const [index, validator] of validators.entries()) {
    if (!a || !b) throw new Error('websites are missing')
    const status = index === 2 ? 'Bad' : 'Good'
    await history.submit(validator, 'batch', [
      ...ROUNDS.map((roundAt) => ({ website: a, roundAt, status }) as const),
      ...ROUNDS.filter(() => index === 2).map((roundAt) => ({ website: b, roundAt, status }) as const),
    ])
  }
  await history.closeRounds(ROUNDS.slice(0, -1))
})

interface Page {
  pageInfo: { hasNextPage: boolean; hasPreviousPage: boolean; startCursor: string | null; endCursor: string | null }
  edges: { node: { roundAt: string; validator: { id: string } } }[]
}

const TICKS = `query ($id: ID!, $first: Int, $after: String, $last: Int, $before: String, $from: DateTime, $to: DateTime,
  $validator: ID, $status: WebsiteStatus) { website(id: $id) {
  ticks(first: $first, after: $after, last: $last, before: $before, from: $from, to: $to, validator: $validator, status: $status) {
    pageInfo { hasNextPage hasPreviousPage startCursor endCursor } edges { node { roundAt validator { id } } } } } }`

function askTicks(variables: Record<string, unknown>, as = owner) {
  return ask<{ website: { ticks: Page } | null }>(schema, parts, as, TICKS, { id: websites[0]?.id, ...variables })
}

/** The page's ticks, each as round and validator by their positions from 1: `43` is the third validator in round 4. */
async function page(variables: Record<string, unknown>) {
  const { data, errors } = await askTicks(variables)
  expect(errors).toBeUndefined()
  if (!data.website) throw new Error('no website')
  const { edges, pageInfo } = data.website.ticks
  const roundOf = ({ roundAt }: { roundAt: string }) => ROUNDS.indexOf(Date.parse(roundAt)) + 1
  const validatorOf = ({ id }: { id: string }) => validators.findIndex((validator) => validator.id === id) + 1
  return { ticks: edges.map(({ node }) => `${roundOf(node)}${validatorOf(node.validator)}`).join(' '), pageInfo }
}

describe('Website.ticks', () => {
  const ALL = '43 42 41 33 32 31 23 22 21 13 12 11'

  it('shows the newest first, and nothing of a round that is open', async () => {
    expect(await page({})).toMatchObject({ ticks: ALL, pageInfo: { hasNextPage: false, hasPreviousPage: false } })
  })

  it.each([1, 2, 5, 12])('pages forwards by %i, through rounds that hold several', async (first) => {
    const seen = []
    let after: string | null = null
    do {
      const { ticks, pageInfo }: Awaited<ReturnType<typeof page>> = await page({ first, after })
      expect(ticks.split(' ')).toHaveLength(Math.min(first, 12 - seen.length))
      seen.push(...ticks.split(' '))
      after = pageInfo.hasNextPage ? pageInfo.endCursor : null
    } while (after !== null)
    expect(seen.join(' ')).toBe(ALL)
  })

  it.each([1, 2, 5, 12])('pages backwards by %i', async (last) => {
    const seen: string[] = []
    let before: string | null = null
    do {
      const { ticks, pageInfo }: Awaited<ReturnType<typeof page>> = await page({ last, before })
      seen.unshift(...ticks.split(' '))
      before = pageInfo.hasPreviousPage ? pageInfo.startCursor : null
    } while (before !== null)
    expect(seen.join(' ')).toBe(ALL)
  })

  it.each([
    ['from', { from: R3 }, '43 42 41 33 32 31'],
    ['to', { to: R2 }, '13 12 11'],
    ['from and to', { from: R2, to: R3 }, '23 22 21'],
    ['to after the last closed round', { from: R4, to: '2026-11-23T00:00:00.000Z' }, '43 42 41'],
    ['a year that no database knows', { to: '0000-01-01T00:00:00.000Z' }, ''],
    ['a cursor beyond all years', { after: '0000-01-01T00:00:00.000Z/1' }, ''],
    ['a cursor before all years', { before: '0000-01-01T00:00:00.000Z/1' }, ALL],
    ['a cursor after all rounds', { after: '9999-12-31T23:59:59.999Z/1' }, ALL],
    ['status', { status: 'Bad' }, '43 33 23 13'],
    ['a validator that is none', { validator: 'x' }, ''],
    ['a validator that is unknown', { validator: '019ab000-0000-7000-8000-000000000000' }, ''],
  ])('keeps to %s', async (_, variables, ticks) => {
    expect((await page(variables)).ticks).toBe(ticks)
  })

  it('keeps to a validator, a status and a cursor at once', async () => {
    const { pageInfo } = await page({ first: 1 })
    const validator = validators[2]?.id
    expect((await page({ validator })).ticks).toBe('43 33 23 13')
    expect((await page({ validator, status: 'Bad', after: pageInfo.endCursor, from: R2 })).ticks).toBe('33 23')
    expect((await page({ validator, status: 'Good' })).ticks).toBe('')
  })

  it('shows only what is certainly kept', async () => {
    const later = { ...parts, clock: { ...parts.clock, now: () => OPEN + 8 * 86_400_000 } }
    const { data, errors } = await ask<{ website: { ticks: Page } }>(schema, later, owner, TICKS, {
      id: websites[0]?.id,
    })
    expect(errors).toBeUndefined()
    expect(data.website.ticks.edges).toEqual([])
  })

  it.each([
    [{ first: 0 }, 'first'],
    [{ first: 101 }, 'first'],
    [{ last: 101 }, 'last'],
    [{ after: 'x' }, 'after'],
    [{ before: "' OR 1=1" }, 'before'],
    [{ from: '2026-11-22' }, 'from'],
    [{ to: '2026-11-22T13:00:00Z' }, 'to'],
    [{ from: R2, to: R2 }, 'from'],
  ])('refuses %j by a code', async (variables, argument) => {
    const { errors } = await askTicks(variables)
    expect(errors?.[0]?.extensions).toMatchObject({ code: 'BAD_USER_INPUT', argument })
  })

  it('is not for strangers', async () => {
    expect((await askTicks({}, stranger)).data).toEqual({ website: null })
  })

  it('tells everything of a tick, in as many statements for many as for one', async () => {
    const counts = []
    for (const first of [1, 12]) {
      const { store, count } = countOperations(parts.store)
      const source = `{ website(id: "${websites[0]?.id}") { ticks(first: ${first}) { nodes: edges { node {
        id websiteId website { name } validator { publicKey } roundAt checkedAt status failure detail httpStatus remoteAddress latencyUs dnsUs
        connectUs tlsUs firstByteUs certificateExpiresAt checkHash
        proof { statement leaf leafIndex leafCount path batchStatement signature publicKey } } } } } }`
      const { data, errors } = await ask<{ website: { ticks: { nodes: { node: object }[] } } }>(
        schema,
        { ...parts, store },
        owner,
        source,
      )
      expect(errors).toBeUndefined()
      const { nodes } = data.website.ticks
      expect(nodes).toHaveLength(first)
      expect(nodes[0]?.node).toMatchObject({
        id: `${websites[0]?.id}/${R4}/${validators[2]?.id}`,
        websiteId: websites[0]?.id,
        website: { name: 'a' },
        validator: { publicKey: validators[2]?.keys.publicKey },
        roundAt: R4,
        checkedAt: formatInstant(OPEN - MINUTE_MS + 1_234),
        status: 'Bad',
        failure: 'CONNECT',
        detail: 'ECONNREFUSED',
        httpStatus: null,
        latencyUs: null,
        certificateExpiresAt: null,
        checkHash: expect.stringMatching(/^[0-9a-f]{64}$/),
        proof: {
          leafIndex: 3,
          leafCount: 10,
          statement: expect.stringMatching(/^overlaps-tick-v1\n/),
          batchStatement: expect.stringMatching(/^overlaps-ticks-v1\n/),
        },
      })
      counts.push(count())
    }
    // The website, the page, the website of each, validators, checks and rounds for their hashes, and five for the proofs.
    expect(counts).toEqual([11, 11])
  })
})
