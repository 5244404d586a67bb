import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import type { Website } from '../generated/prisma/client.js'
import { createTestIncidents, createTestSchema, testAnswer } from '../testing/incident/incidents.js'
import { ask, ownerIdentity } from '../testing/owner/parts.js'
import { MINUTE_MS } from '../time.js'

const records = await createTestIncidents(inject('template'))
const { parts } = records
afterAll(() => parts.store.close())
const schema = createTestSchema()
const userId = await records.addOwner('owner')
const owner = ownerIdentity(userId)
const stranger = ownerIdentity(await records.addOwner('stranger'))
const r0 = parts.clock.now() + MINUTE_MS
const at = (round: number) => new Date(r0 + round * MINUTE_MS).toISOString()

/** A letter a round. */
const PLAYED = { down: 'GBBBBBB', recovered: 'GGBBGGG' } as const
const websites = {} as Record<keyof typeof PLAYED, Website>

beforeAll(async () => {
  const names = ['down', 'recovered'] as const
  for (const name of names) websites[name] = await records.addWebsite(userId, name)
  const { no } = await records.addValidator('oak')
  for (let round = 0; round < PLAYED.down.length; round += 1) {
    const verdicts = names.map((name) => {
      const letter = PLAYED[name].charAt(round)
      return { website: websites[name], letter, answers: [testAnswer(no, letter === 'B' ? 'CONNECT' : null)] }
    })
    await records.close(r0 + round * MINUTE_MS, verdicts)
  }
})

interface Found {
  incidents: { edges: { node: { website: { id: string } } }[] }
}

const find = (variables: Record<string, unknown>, as = owner) =>
  ask<Found>(
    schema,
    parts,
    as,
    `query ($state: IncidentState! = ALL, $websiteId: ID, $from: DateTime, $to: DateTime) {
      incidents(state: $state, websiteId: $websiteId, from: $from, to: $to) { edges { node { website { id } } } } }`,
    variables,
  )

async function found(variables: Record<string, unknown>, as = owner): Promise<string> {
  const { data, errors } = await find(variables, as)
  expect(errors).toBeUndefined()
  const nameOf = new Map(Object.entries(websites).map(([name, { id }]) => [id, name]))
  return data.incidents.edges.map(({ node }) => nameOf.get(node.website.id)).join(', ')
}

describe('incidents, filtered', () => {
  it.each([
    [{}, 'recovered, down'],
    [{ to: at(2) }, 'down'],
    [{ from: at(4) }, 'down'],
    [{ from: at(3), to: at(4) }, 'recovered, down'],
    [{ from: at(4), state: 'CLOSED' }, ''],
  ])('%j: those that were open in that time', async (filter, expected) => {
    expect(await found(filter)).toBe(expected)
  })

  it.each([
    [{}, 'recovered'],
    [{ state: 'OPEN' }, ''],
    [{ from: at(4) }, ''],
    [{ from: at(3) }, 'recovered'],
  ])('%j: those of a website', async (filter, expected) => {
    expect(await found({ ...filter, websiteId: websites.recovered.id })).toBe(expected)
  })

  it.each(['no-id', '01a20438-7ed8-7469-8742-536c82eb9af1'])('none is of the website %s', async (websiteId) => {
    expect(await found({ websiteId })).toBe('')
  })

  it("none is of a stranger's website", async () => {
    expect(await found({ websiteId: websites.down.id }, stranger)).toBe('')
  })

  it('a span that ends as it begins is refused', async () => {
    expect((await find({ from: at(3), to: at(3) })).errors).toMatchObject([{ extensions: { code: 'BAD_USER_INPUT' } }])
  })
})
