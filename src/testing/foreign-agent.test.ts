import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { ForeignAgent } from './foreign-agent.js'
import { startTestHub, type TestHub } from './test-hub.js'

const CHECKS = [
  {},
  { method: 'HEAD', statuses: '200-204,301', redirects: 0, ipVersion: 'V4', timeoutMs: 2_500 },
  { keyword: 'Grüße – ✓', keywordMust: 'PRESENT', maxLatencyMs: 900, ipVersion: 'V6' },
  {
    method: 'POST',
    headers: [
      { name: 'X-Mixed-Case', value: 'a b' },
      { name: 'accept', value: '*/*' },
    ],
    body: 'ä=1',
  },
  { keyword: 'down', keywordMust: 'ABSENT', redirects: 10 },
]

describe("an agent of somebody else's", () => {
  let hub: TestHub
  beforeAll(async () => {
    hub = await startTestHub(inject('template'))
    for (const [index, check] of CHECKS.entries()) {
      const { data } = await hub.post(
        `mutation ($input: CreateWebsiteInput!) { createWebsite(input: $input) { __typename } }`,
        {
          token: hub.ownerToken,
          variables: { input: { name: `site ${index}`, url: `http://127.0.0.1:9/${index}?q=ä`, check } },
        },
      )
      if (JSON.stringify(data).includes('Refused')) throw new Error(`check ${index} was refused`)
    }
  })
  afterAll(() => hub.close())

  it('signs up, gets its tasks, and answers singly and in a batch', async () => {
    const agent = new ForeignAgent(hub.url)
    await agent.connect()
    const success = await agent.signUp()
    expect(success).toMatchObject({ __typename: 'SignupSuccess', validator: { publicKey: agent.publicKey } })
    expect((await agent.signUp()).validator.id).toBe(success.validator.id)
    agent.close()

    await agent.connect(success.sessionToken)
    agent.follow()
    for (let started = false; !started;) {
      const { data } = await hub.post<{ startRound: { validatorCount?: number } }>(
        `mutation { startRound { ... on StartRoundSuccess { validatorCount } } }`,
        { token: hub.operatorToken },
      )
      started = data?.startRound.validatorCount === 1
      hub.clock.advance(1)
    }
    await agent.untilTasks(CHECKS.length)
    const [first, ...others] = agent.tasks.map((task, index) => agent.measure(task, index % 2 === 0 ? null : 'CONNECT'))
    if (!first) throw new Error('no task')
    expect(await agent.submitOne(first)).toEqual({
      __typename: 'SubmitTickSuccess',
      tick: { status: 'Good', failure: null, latencyUs: 81_234, validator: { pendingPayouts: '100' } },
    })
    for (const answers of [others, [first, ...others.toReversed()], others.slice(0, 3), others.slice(0, 1)]) {
      expect(await agent.submitBatch(answers)).toEqual({
        __typename: 'SubmitTicksSuccess',
        acceptedCount: answers.length,
        rejected: [],
      })
    }
    const [task] = agent.tasks
    if (!task) throw new Error('no task')
    expect(await agent.submitOne(agent.measure(task, 'DNS'))).toMatchObject({ reason: 'CONFLICT' })
    const { pendingPayouts } = await hub.parts.store.prisma.validator.findFirstOrThrow()
    expect(pendingPayouts).toBe(BigInt(CHECKS.length * 100))
    expect(await hub.parts.store.prisma.websiteTick.count()).toBe(CHECKS.length)
    agent.close()
  })
})
