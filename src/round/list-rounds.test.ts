import { afterAll, describe, expect, inject, it } from 'vitest'
import { startTestHub } from '../testing/test-hub.js'
import { createWebsites } from '../testing/test-validator.js'

const hub = await startTestHub(inject('template'))
afterAll(() => hub.close())

const list = async (page: string) => {
  const { data, errors } = await hub.post<{ rounds: { edges: { node: { roundAt: string } }[] } }>(
    `{ rounds(${page}) { edges { node { roundAt } } } }`,
    { token: hub.operatorToken },
  )
  return errors?.[0]?.extensions['code'] ?? data?.rounds.edges.map(({ node }) => node.roundAt)
}

describe('rounds', () => {
  it('are paged by their instants, and a cursor before all years is as good as any', async () => {
    await createWebsites(hub, 1)
    const instants: string[] = []
    for (let round = 0; round < 3; round++) {
      hub.clock.advance(60_000)
      await hub.startRound(hub.clock.now())
      instants.unshift(new Date(hub.clock.now()).toISOString())
    }
    expect(await list('first: 2')).toEqual(instants.slice(0, 2))
    expect(await list(`first: 2, after: "${instants[1]}"`)).toEqual(instants.slice(2))
    expect(await list('first: 2, after: "0000-01-01T00:00:00.000Z"')).toEqual([])
    expect(await list('last: 2, before: "0000-01-01T00:00:00.000Z"')).toEqual(instants.slice(1))
    expect(await list('first: 2, after: "yesterday"')).toBe('BAD_USER_INPUT')
  })
})
