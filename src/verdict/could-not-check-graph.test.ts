import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { claim } from '../testing/abstention/claim.js'
import { countStatements } from '../testing/count-statements.js'
import { startTestHub, type TestHub } from '../testing/test-hub.js'
import { joinHub, playRound, type TestMember } from '../testing/test-round.js'
import { createWebsites, submitOne, type WireTask } from '../testing/test-validator.js'
import { HOUR_MS } from '../time.js'

let hub: TestHub
let members: [TestMember, TestMember, TestMember]
/** The first round, in which all that is claimed here was claimed. */
let roundAt: number
let before: unknown

const SHOWN = `{ websites { edges { node {
  verdict { couldNotCheck abstentions { reason count } inconclusiveReason }
  recent: verdicts { edges { node { couldNotCheck } } }
} } } }`
const AT_VALIDATORS = `{ validators { edges { node { id
  reliability(window: LAST_24_HOURS) { missed couldNotCheck }
  abstentions { from couldNotCheck abstentions { reason count } }
  long: abstentions(last: 168) { from }
} } } }`

interface Shown {
  websites: { edges: { node: object }[] }
  validators: { edges: { node: { id: string } & Record<string, unknown> }[] }
}

const ask = async (query: string, token = hub.ownerToken) => {
  const { data, errors } = await hub.post<Shown>(query, { token })
  if (!data) throw new Error(JSON.stringify(errors))
  return data
}
const everything = async () => [await ask(SHOWN), await ask(AT_VALIDATORS, hub.operatorToken)]

beforeAll(async () => {
  hub = await startTestHub(inject('template'))
  await createWebsites(hub, 2)
  members = [await joinHub(hub), await joinHub(hub), await joinHub(hub)]
  const tasks = await playRound(hub, ...members)
  before = await everything()
  const [[a, b], second, ofThirdMember] = tasks as [[WireTask, WireTask], WireTask[], WireTask[]]
  roundAt = Date.parse(a.roundAt)
  const ofThird = ofThirdMember.find(({ websiteId }) => websiteId === a.websiteId) as WireTask
  await claim(hub, members[0], [a], 'NO_NETWORK')
  await claim(hub, members[0], [b], 'CLOCK_OFF')
  await claim(hub, members[1], second, 'NO_NETWORK')
  await claim(hub, members[2], [ofThird], 'STALLED')
  await submitOne(hub, members[2], ofThird)
})
afterAll(async () => {
  await Promise.all(members.map(({ socket }) => socket.close()))
  await hub.close()
})

describe('what could not be checked', () => {
  it('is shown to nobody before its round closes', async () => {
    expect(await everything()).toEqual(before)
    expect(JSON.stringify(before)).not.toContain('STALLED')
  })

  it('is shown beside the verdict, by reason', async () => {
    hub.clock.advance(50_000)
    await hub.parts.closer.closeDue()
    const { websites } = await ask(SHOWN)
    expect(websites.edges.map(({ node }) => node)).toEqual([
      {
        verdict: {
          couldNotCheck: 2,
          abstentions: [{ reason: 'NO_NETWORK', count: 2 }],
          inconclusiveReason: 'TOO_FEW_ANSWERS',
        },
        recent: { edges: [{ node: { couldNotCheck: 2 } }] },
      },
      {
        verdict: {
          couldNotCheck: 2,
          abstentions: [
            { reason: 'NO_NETWORK', count: 1 },
            { reason: 'CLOCK_OFF', count: 1 },
          ],
          inconclusiveReason: 'TOO_FEW_ANSWERS',
        },
        recent: { edges: [{ node: { couldNotCheck: 2 } }] },
      },
    ])
  })

  it('is shown at the validator by hour, and of what it missed', async () => {
    const from = new Date(Math.floor(roundAt / HOUR_MS) * HOUR_MS).toISOString()
    const { validators } = await ask(AT_VALIDATORS, hub.operatorToken)
    const nodeOf = ({ id }: TestMember) => validators.edges.find(({ node }) => node.id === id)?.node
    expect(nodeOf(members[0])).toMatchObject({
      reliability: { missed: 2, couldNotCheck: 2 },
      abstentions: [
        {
          from,
          couldNotCheck: 2,
          abstentions: [
            { reason: 'NO_NETWORK', count: 1 },
            { reason: 'CLOCK_OFF', count: 1 },
          ],
        },
      ],
      long: [{ from }],
    })
    expect(nodeOf(members[1])).toMatchObject({
      abstentions: [{ couldNotCheck: 2, abstentions: [{ reason: 'NO_NETWORK', count: 2 }] }],
    })
    expect(nodeOf(members[2])).toMatchObject({
      reliability: { missed: 1, couldNotCheck: 0 },
      abstentions: [],
      long: [],
    })
  })

  it('of a page of validators takes one statement together, however far each looks back', async () => {
    const page = (fields: string) => `{ validators { edges { node { id ${fields} } } } }`
    const without = await countStatements(() => ask(page(''), hub.operatorToken))
    const fields = 'abstentions { from } one: abstentions(last: 1) { from } long: abstentions(last: 168) { from }'
    expect(await countStatements(() => ask(page(fields), hub.operatorToken))).toBe(without + 1)
  })

  it('looks back as many hours as it is asked to, that of now among them', async () => {
    const query = (last: number) => `{ validators { edges { node { id abstentions(last: ${last}) { from } } } } }`
    const seen = async (last: number) => {
      const { validators } = await ask(query(last), hub.operatorToken)
      return validators.edges.flatMap(({ node }) => node['abstentions']).length
    }
    expect(await seen(1)).toBe(2)
    const now = hub.clock.now()
    hub.clock.jumpTo(Math.floor(roundAt / HOUR_MS) * HOUR_MS + 3 * HOUR_MS)
    expect(await seen(3)).toBe(0)
    expect(await seen(4)).toBe(2)
    hub.clock.jumpTo(now)
  })

  it.each([0, -1, 169])('is refused for %i hours', async (last) => {
    const { errors } = await hub.post(`{ validators { edges { node { abstentions(last: ${last}) { from } } } } }`, {
      token: hub.operatorToken,
    })
    expect(errors?.[0]?.extensions).toMatchObject({ code: 'BAD_USER_INPUT', argument: 'last', limit: 168 })
  })
})
