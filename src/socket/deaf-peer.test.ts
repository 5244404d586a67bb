import { afterEach, beforeEach, describe, expect, inject, it } from 'vitest'
import { SETTINGS } from '../settings.js'
import { eventually } from '../testing/eventually.js'
import { openReadySocket } from '../testing/raw-socket.js'
import { startTestHub, type TestHub } from '../testing/test-hub.js'
import { joinHub, playRound, type TestMember } from '../testing/test-round.js'
import { signUp } from '../testing/test-validator.js'

const HEALTHY = 20
const WEBSITES = 5
/** The deaf peer's round is about 15 MB, far more than kernels buffer for a connection. */
const ALIASES = 50
/** In a query, an answer to which is 2.4 MB. */
const QUERY_ALIASES = 8
const BODY_CHARACTERS = 60_000
const ROUNDS_MAX = 200

let hub: TestHub
let members: TestMember[]
beforeEach(async () => {
  hub = await startTestHub(inject('template'), {
    settings: { outgoingMaxBytes: SETTINGS.http.outgoingMaxBytes.least },
    overrides: { pingIntervalMs: 1_000 },
  })
  for (let index = 0; index < WEBSITES; index++) {
    const check = { method: 'POST', body: 'x'.repeat(BODY_CHARACTERS) }
    const input = { name: `site ${index}`, url: `http://127.0.0.1:9/${index}`, check }
    const { errors } = await hub.post(
      'mutation ($input: CreateWebsiteInput!) { createWebsite(input: $input) { __typename } }',
      { token: hub.ownerToken, variables: { input } },
    )
    if (errors) throw new Error(JSON.stringify(errors))
  }
  members = []
  for (let index = 0; index < HEALTHY; index++) members.push(await joinHub(hub))
})
afterEach(() => hub.close())

/** Resolves when each healthy peer has all its tasks: before its deadline, and so before the next round. */
async function playForAll(): Promise<void> {
  const firsts = await playRound(hub, ...members)
  for (const [index, member] of members.entries()) {
    const tasks = [...(firsts[index] ?? [])]
    while (tasks.length < WEBSITES) tasks.push(...(await member.socket.next()))
    expect(new Set(tasks.map(({ websiteId }) => websiteId)).size).toBe(WEBSITES)
  }
}

const aliased = (field: string, count = ALIASES) =>
  Array.from({ length: count }, (_, index) => `a${index}: ${field}`).join(' ')

describe('a peer that never reads', () => {
  it('its tasks is dropped, and twenty others have each of theirs meanwhile', async () => {
    const deaf = await openReadySocket(hub, (await signUp(hub)).sessionToken)
    deaf.send({
      id: 'a',
      type: 'subscribe',
      payload: { query: `subscription { tasks { ${aliased('check { body }')} } }` },
    })
    await eventually(() => expect(hub.parts.sessions.count()).toBe(HEALTHY + 1))
    deaf.socket.pause()
    let rounds = 0
    for (; hub.parts.sessions.count() > HEALTHY && rounds < ROUNDS_MAX; rounds++) await playForAll()
    expect(rounds).toBeLessThan(ROUNDS_MAX)
    await playForAll()
    deaf.socket.resume()
    expect(await deaf.closed).toMatchObject({ code: 1006 })
    expect(hub.errors).toEqual([])
  })

  it('what it asks for is cut off, and twenty others have each of their tasks meanwhile', async () => {
    const deaf = await openReadySocket(hub, hub.ownerToken)
    deaf.socket.pause()
    const query = `{ websites(first: 5) { edges { node { ${aliased('check { body }', QUERY_ALIASES)} } } } }`
    for (let asked = 0; asked < 20; asked++) deaf.send({ id: String(asked), type: 'subscribe', payload: { query } })
    await playForAll()
    // It learns of its end only after reading what its kernel has taken.
    deaf.socket.resume()
    expect(await deaf.closed).toMatchObject({ code: 1006 })
    await playForAll()
    expect(hub.parts.sessions.count()).toBe(HEALTHY)
    expect(hub.errors).toEqual([])
  })
})
