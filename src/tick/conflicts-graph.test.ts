import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { startTestHub, type TestHub } from '../testing/test-hub.js'
import { joinHub, playRound, type TestMember } from '../testing/test-round.js'
import { answer, createWebsites, submitBatch, submitOne } from '../testing/test-validator.js'

const WEBSITES = 3

let hub: TestHub
/** Both have answered everything twice. */
const members: TestMember[] = []
beforeAll(async () => {
  hub = await startTestHub(inject('template'))
  await createWebsites(hub, WEBSITES)
  for (let count = 0; count < 2; count++) members.push(await joinHub(hub))
  for (let round = 0; round < 2; round++) {
    const tasks = await playRound(hub, ...members)
    for (const [index, member] of members.entries()) {
      for (const latencyUs of [1, 2]) {
        const answers = (tasks[index] ?? []).map((task) => ({ task, tick: answer(task, { latencyUs }) }))
        await submitBatch(hub, member, answers)
      }
    }
  }
})
afterAll(() => hub.close())

const QUERY = `query ($first: Int, $after: String, $last: Int, $before: String, $validatorId: ID) {
  conflictingAnswers(first: $first, after: $after, last: $last, before: $before, validatorId: $validatorId) {
    pageInfo { hasNextPage hasPreviousPage startCursor endCursor }
    edges { cursor node { id roundAt receivedAt websiteId validator { id }
      first { statement leafIndex leafCount path batchStatement signature publicKey }
      second { statement leafIndex leafCount path batchStatement signature publicKey } } } } }`

interface Page {
  conflictingAnswers: {
    pageInfo: { hasNextPage: boolean; hasPreviousPage: boolean; startCursor: string; endCursor: string }
    edges: { cursor: string; node: { id: string; roundAt: string; validator: { id: string }; second: object } }[]
  }
}

const post = (variables: Record<string, unknown>, token = hub.operatorToken) =>
  hub.post<Page>(QUERY, { token, variables })
async function page(variables: Record<string, unknown>) {
  const { data, errors } = await post(variables)
  if (!data) throw new Error(JSON.stringify(errors))
  return data.conflictingAnswers
}
const idsOf = ({ edges }: Page['conflictingAnswers']) => edges.map(({ node }) => node.id)

describe('conflictingAnswers', () => {
  it('lists all evidence by pages, the newest round first, forwards and backwards', async () => {
    const all = await page({ first: 100 })
    expect(all.edges).toHaveLength(2 * 2 * WEBSITES)
    const rounds = all.edges.map(({ node }) => node.roundAt)
    expect(rounds).toEqual(rounds.toSorted().toReversed())
    const forwards: string[] = []
    for (let after: string | null = null, more = true; more;) {
      const one: Page['conflictingAnswers'] = await page({ first: 5, after })
      forwards.push(...idsOf(one))
      ;({ endCursor: after, hasNextPage: more } = one.pageInfo)
    }
    expect(forwards).toEqual(idsOf(all))
    const last = await page({ last: 2, before: all.edges[4]?.cursor })
    expect(idsOf(last)).toEqual(idsOf(all).slice(2, 4))
  })

  it('lists that of one validator, and none of nobody', async () => {
    const [member] = members as [TestMember]
    const own = await page({ first: 100, validatorId: member.id })
    expect(own.edges).toHaveLength(2 * WEBSITES)
    expect(new Set(own.edges.map(({ node }) => node.validator.id))).toEqual(new Set([member.id]))
    for (const validatorId of ['nobody', '01890000-0000-7000-8000-000000000000']) {
      expect((await page({ validatorId })).edges).toEqual([])
    }
  })

  it('is for operators only', async () => {
    const [member] = members as [TestMember]
    for (const token of [hub.ownerToken, member.sessionToken]) {
      const { data, errors } = await post({}, token)
      expect([data, errors?.[0]?.extensions['code']]).toEqual([null, 'FORBIDDEN'])
    }
    const { data, errors } = await hub.post(QUERY)
    expect([data, errors?.[0]?.extensions['code']]).toEqual([null, 'UNAUTHENTICATED'])
  })

  it.each([{ first: 0 }, { first: 101 }, { after: 'nowhere' }])('refuses %j', async (variables) => {
    expect((await post(variables)).errors?.[0]?.extensions['code']).toBe('BAD_USER_INPUT')
  })

  it('is as whole after the rounds are closed', async () => {
    const before = await page({ first: 100 })
    hub.clock.advance(60_000)
    const [tasks = []] = await playRound(hub, ...members)
    await submitOne(hub, members[0] as TestMember, tasks[0] as (typeof tasks)[number])
    expect(await page({ first: 100 })).toEqual(before)
    expect(hub.errors).toEqual([])
  })
})
