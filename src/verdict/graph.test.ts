import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { addAbstentionGraph } from '../abstention/graph.js'
import type { Website } from '../generated/prisma/client.js'
import { createBuilder } from '../graph/create-builder.js'
import { ask, countOperations, ownerIdentity, undescribed } from '../testing/owner/parts.js'
import { formatInstant } from '../protocol/text-forms.js'
import { addTickRefs } from '../tick/tick-refs.js'
import { type TestValidator } from '../testing/tick/history.js'
import { MINUTE_MS } from '../time.js'
import { addValidatorGraph } from '../validator/graph.js'
import { addWebsiteGraph } from '../website/graph.js'
import { addVerdictGraph } from './graph.js'
import { createTestRounds, type Said } from '../testing/verdict/rounds.js'

const rounds = await createTestRounds(inject('template'))
const { parts } = rounds
afterAll(() => parts.store.close())
const schema = createSchema()
const userId = await rounds.addOwner('owner')
const owner = ownerIdentity(userId)
const stranger = ownerIdentity(await rounds.addOwner('stranger'))
const START = parts.clock.now()
const ROUNDS = [0, 1, 2, 3].map((index) => START + index * MINUTE_MS)
const websites: Website[] = []
const validators: TestValidator[] = []

function createSchema() {
  const builder = createBuilder()
  const refs = { ...addWebsiteGraph(builder), ...addValidatorGraph(builder) }
  addVerdictGraph(builder, { ...refs, ...addTickRefs(builder, refs), ...addAbstentionGraph(builder, refs) })
  return builder.toSchema()
}

beforeAll(async () => {
  for (const name of ['a', 'b', 'c', 'd']) websites.push(await rounds.addWebsite(userId, name, name === 'd' ? 2 : 1))
  for (let count = 0; count < 3; count++) validators.push(await rounds.addValidator())
  // a: Good but for the second round. b: Bad of three kinds. c: nobody says anything. d: not asked for.
  const said =
    (round: number) =>
    (website: number, validator: number): Said => {
      if (website === 0) return round === 1 ? 'Bad' : { latencyUs: 1000 * (validator + 1) }
      if (website === 1) return { status: 'Bad', failure: (['TIMEOUT', 'DNS', 'TIMEOUT'] as const)[validator] ?? null }
      return null
    }
  for (const [index, roundAt] of ROUNDS.entries()) {
    await rounds.addRound(roundAt, { websites: websites.slice(0, 3), validators }, said(index))
    if (index < 3) await rounds.closeAfter(roundAt)
  }
})

const VERDICT = `roundAt from to status confidence inMaintenance rule checkRevision asked answered agreed
  disagreed networkCount quorumBase votesNeeded goodVotes badVotes votesSetAside failures { failure count } medianLatencyUs root`

interface Page {
  edges: { node: { roundAt: string; status: string } }[]
  pageInfo: { hasNextPage: boolean; endCursor: string | null }
}

async function page(variables: Record<string, unknown>, as = owner) {
  const source = `query ($id: ID!, $first: Int, $after: String, $last: Int, $before: String, $from: DateTime, $to: DateTime,
    $status: VerdictStatus, $inMaintenance: Boolean) { website(id: $id) { verdicts(first: $first, after: $after, last: $last,
    before: $before, from: $from, to: $to, status: $status, inMaintenance: $inMaintenance) {
    edges { node { roundAt status } } pageInfo { hasNextPage endCursor } } } }`
  const { data, errors } = await ask<{ website: { verdicts: Page } | null } | null>(schema, parts, as, source, {
    id: websites[0]?.id,
    ...variables,
  })
  const edges = data?.website?.verdicts.edges ?? []
  return {
    rounds: edges.map(({ node }) => ROUNDS.indexOf(Date.parse(node.roundAt))).join(' '),
    pageInfo: data?.website?.verdicts.pageInfo,
    errors,
    website: data?.website,
  }
}

describe('the schema of verdicts', () => {
  it('says what everything means', () => {
    expect(undescribed(schema)).toEqual([])
  })
})

describe('Website.verdict and Website.status', () => {
  it('tell of the newest closed round', async () => {
    const { data, errors } = await ask<{ websites: { edges: { node: object }[] } }>(
      schema,
      parts,
      owner,
      `{ websites { edges { node { status verdict { ${VERDICT} } } } } }`,
    )
    expect(errors).toBeUndefined()
    const [a, b, c, d] = data.websites.edges.map(({ node }) => node)
    expect(a).toEqual({
      status: 'Good',
      verdict: {
        roundAt: formatInstant(ROUNDS[2] ?? 0),
        from: formatInstant(ROUNDS[2] ?? 0),
        to: formatInstant(ROUNDS[3] ?? 0),
        status: 'Good',
        confidence: 'QUORUM',
        inMaintenance: false,
        rule: 'networks-v2',
        checkRevision: 1,
        asked: 3,
        answered: 3,
        agreed: 3,
        disagreed: 0,
        networkCount: 3,
        quorumBase: 3,
        votesNeeded: 2,
        goodVotes: 3,
        badVotes: 0,
        votesSetAside: 0,
        failures: [],
        medianLatencyUs: 2000,
        root: expect.stringMatching(/^[0-9a-f]{64}$/),
      },
    })
    expect(b).toMatchObject({
      status: 'Bad',
      verdict: {
        status: 'Bad',
        failures: [
          { failure: 'TIMEOUT', count: 2 },
          { failure: 'DNS', count: 1 },
        ],
        medianLatencyUs: null,
      },
    })
    expect(c).toMatchObject({
      status: null,
      verdict: { status: 'Inconclusive', answered: 0, failures: [], root: null },
    })
    expect(d).toEqual({ status: null, verdict: null })
  })

  it('of a page of websites take one statement together, and one for the rules', async () => {
    for (const [fields, statements] of [
      ['status verdict { status confidence asked }', 2],
      ['status verdict { status rule }', 3],
    ] as const) {
      const { store, count } = countOperations(parts.store)
      await ask(schema, { ...parts, store }, owner, `{ websites { edges { node { ${fields} } } } }`)
      expect(count()).toBe(statements)
    }
  })

  it('tell nothing of now when the newest lies too far back', async () => {
    const source = `{ websites { edges { node { status verdict { status } } } } }`
    for (const [now, status] of [
      [(ROUNDS[2] ?? 0) + 2 * MINUTE_MS + 45_000, 'Good'],
      [(ROUNDS[2] ?? 0) + 2 * MINUTE_MS + 45_001, null],
    ] as const) {
      const later = { ...parts, clock: { ...parts.clock, now: () => now } }
      const { data } = await ask<{ websites: { edges: { node: object }[] } }>(schema, later, owner, source)
      expect(data.websites.edges[0]?.node).toEqual({ status, verdict: { status: 'Good' } })
    }
  })
})

describe('Website.verdicts', () => {
  it('shows the newest first, and nothing of a round that is open', async () => {
    expect(await page({})).toMatchObject({ rounds: '2 1 0', pageInfo: { hasNextPage: false } })
  })

  it.each([1, 2, 3])('pages by %i, forwards and backwards', async (size) => {
    const seen: string[] = []
    for (let after: string | null | undefined = null; after !== undefined;) {
      const { rounds: some, pageInfo } = await page({ first: size, after })
      seen.push(some)
      after = pageInfo?.hasNextPage ? pageInfo.endCursor : undefined
    }
    expect(seen.join(' ')).toBe('2 1 0')
    expect((await page({ last: size })).rounds).toBe('2 1 0'.slice(-(2 * size - 1)))
  })

  it.each([
    ['from', { from: formatInstant(START + MINUTE_MS) }, '2 1'],
    ['to', { to: formatInstant(START + MINUTE_MS) }, '0'],
    ['status', { status: 'Bad' }, '1'],
    ['maintenance', { inMaintenance: true }, ''],
    ['no maintenance', { inMaintenance: false, status: 'Good' }, '2 0'],
    ['a cursor before all years', { before: '0000-01-01T00:00:00.000Z' }, '2 1 0'],
    ['a cursor beyond all years', { after: '0000-01-01T00:00:00.000Z' }, ''],
  ])('keeps to %s', async (_, variables, expected) => {
    expect((await page(variables)).rounds).toBe(expected)
  })

  it.each([
    [{ first: 0 }, 'first'],
    [{ first: 101 }, 'first'],
    [{ after: 'x' }, 'after'],
    [{ before: "' OR 1=1" }, 'before'],
    [{ from: '2026-11-22' }, 'from'],
    [{ from: formatInstant(START), to: formatInstant(START) }, 'from'],
  ])('refuses %j by a code', async (variables, argument) => {
    const { errors } = await page(variables)
    expect(errors?.[0]?.extensions).toMatchObject({ code: 'BAD_USER_INPUT', argument })
  })

  it('is not for strangers', async () => {
    expect((await page({}, stranger)).website).toBeNull()
  })
})

describe('recent verdicts', () => {
  const source = '{ websites(first: 10) { edges { node { name recentVerdicts { roundAt status medianLatencyUs } } } } }'
  interface Recent {
    websites: { edges: { node: { name: string; recentVerdicts: { status: string }[] } }[] }
  }

  it('of a page of websites come oldest first and take one statement together', async () => {
    const { store, count } = countOperations(parts.store)
    await ask(schema, { ...parts, store }, owner, '{ websites(first: 10) { edges { node { name } } } }')
    const without = count()
    const { data, errors } = await ask<Recent>(schema, { ...parts, store }, owner, source)
    expect(errors).toBeUndefined()
    expect(count() - without).toBe(without + 1)
    const lists = new Map(data.websites.edges.map(({ node }) => [node.name, node.recentVerdicts]))
    expect(lists.get('a')).toMatchObject([
      { roundAt: formatInstant(ROUNDS[0] ?? 0), status: 'Good', medianLatencyUs: 2_000 },
      { status: 'Bad', medianLatencyUs: null },
      { roundAt: formatInstant(ROUNDS[2] ?? 0), status: 'Good' },
    ])
    expect(lists.get('b')?.map(({ status }) => status)).toEqual(['Bad', 'Bad', 'Bad'])
    expect(lists.get('d')).toEqual([])
  })

  it('are as many as were asked for, differently in one document', async () => {
    const fields = '{ one: recentVerdicts(last: 1) { roundAt } two: recentVerdicts(last: 2) { roundAt inMaintenance } }'
    const { data } = await ask<{ website: object }>(
      schema,
      parts,
      owner,
      `{ website(id: "${websites[0]?.id}") ${fields} }`,
    )
    const [, second = 0, third = 0] = ROUNDS
    expect(data.website).toEqual({
      one: [{ roundAt: formatInstant(third) }],
      two: [second, third].map((at) => ({ roundAt: formatInstant(at), inMaintenance: false })),
    })
  })

  it.each([0, 101, -1])('are refused for %i', async (last) => {
    const query = `{ website(id: "${websites[0]?.id}") { recentVerdicts(last: ${last}) { roundAt } } }`
    const { errors } = await ask(schema, parts, owner, query)
    expect(errors?.[0]?.extensions).toEqual({ code: 'BAD_USER_INPUT', argument: 'last', limit: 100 })
  })
})

describe('Validator.reliability', () => {
  const reliability = async (window: string, now = parts.clock.now()) => {
    const later = { ...parts, clock: { ...parts.clock, now: () => now } }
    const { data, errors } = await ask<{ website: { ticks: { edges: { node: { validator: object } }[] } } }>(
      schema,
      later,
      owner,
      `query ($id: ID!, $window: ReliabilityWindow!) { website(id: $id) { ticks(first: 3) { edges { node { validator {
        reliability(window: $window) { from asked agreed disagreed undecided missed late ratio } } } } } } }`,
      { id: websites[0]?.id, window },
    )
    expect(errors).toBeUndefined()
    return data.website.ticks.edges.map(({ node }) => node.validator)
  }

  it('compares its answers with the verdicts', async () => {
    const counts = { asked: 9, agreed: 6, disagreed: 0, undecided: 0, missed: 3, late: 0, ratio: 0.666666 }
    const from = '2026-11-21T00:00:00.000Z'
    expect(await reliability('LAST_24_HOURS')).toEqual(validators.map(() => ({ reliability: { from, ...counts } })))
  })

  it('counts the days that its window touches, and what came late as late', async () => {
    const [{ no } = { no: 0 }] = validators
    await parts.store.sql.query(`UPDATE "ValidatorDay" SET late = 1, disagreed = 2 WHERE "validatorNo" = $1`, [no])
    const at = (text: string) => Date.parse(text)
    expect((await reliability('LAST_24_HOURS', at('2026-11-23T23:59:59.999Z')))[2]).toMatchObject({
      reliability: { from: '2026-11-22T00:00:00.000Z', agreed: 6, disagreed: 2, missed: 2, late: 1, ratio: 0.545454 },
    })
    expect((await reliability('LAST_24_HOURS', at('2026-11-24T00:00:00.000Z')))[2]).toMatchObject({
      reliability: { asked: 0, missed: 0, ratio: null },
    })
    expect((await reliability('LAST_7_DAYS', at('2026-11-29T23:59:59.999Z')))[2]).toMatchObject({
      reliability: { agreed: 6 },
    })
    await parts.store.sql.query(`UPDATE "ValidatorDay" SET late = 5, disagreed = 0 WHERE "validatorNo" = $1`, [no])
    expect((await reliability('LAST_30_DAYS'))[2]).toMatchObject({
      reliability: { missed: 0, late: 5, ratio: 0.545454 },
    })
  })

  it('of a page of validators takes one statement', async () => {
    const { store, count } = countOperations(parts.store)
    const source = (fields: string) =>
      `{ website(id: "${websites[0]?.id}") { ticks(first: 3) { edges { node { validator { ${fields} } } } } } }`
    await ask(schema, { ...parts, store }, owner, source('id'))
    const without = count()
    await ask(schema, { ...parts, store }, owner, source('id reliability(window: LAST_24_HOURS) { ratio }'))
    expect(count() - without).toBe(without + 1)
  })
})
