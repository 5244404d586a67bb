import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import type { Website } from '../generated/prisma/client.js'
import { ANONYMOUS } from '../graph/identity.js'
import { countStatements } from '../testing/count-statements.js'
import { ask, ownerActor, ownerIdentity, undescribed } from '../testing/owner/parts.js'
import { MINUTE_MS } from '../time.js'
import { deleteWebsite } from '../website/delete-website.js'
import { updateWebsite } from '../website/update-website.js'
import { endStopped } from './end-stopped.js'
import { createTestIncidents, createTestSchema, testAnswer } from '../testing/incident/incidents.js'

const records = await createTestIncidents(inject('template'))
const { parts } = records
afterAll(() => parts.store.close())
const schema = createTestSchema()
const userId = await records.addOwner('owner')
const owner = ownerIdentity(userId)
const stranger = ownerIdentity(await records.addOwner('stranger'))
const names = ['well', 'down', 'up again', 'flapping', 'disabled', 'deleted'] as const
const websites = {} as Record<(typeof names)[number], Website>
const incidents: Record<string, string> = {}
const r0 = parts.clock.now() + MINUTE_MS
const at = (round: number) => new Date(r0 + round * MINUTE_MS).toISOString()

/** A letter a round; every validator sees what the verdict says, but for the second. */
const PLAYED: Record<(typeof names)[number], string> = {
  well: 'GGGGGGGGGGGGGGGGGG',
  down: 'GBBBBBBBBBBBBBBBBB',
  'up again': 'GGBBGGGGGGGGGGGGGG',
  flapping: 'GGGBBGGIIIIIIIIIBB',
  disabled: 'GGGGBBBBBBBBBBBBBB',
  deleted: 'GGGGGBBBBBBBBBBBBB',
}

beforeAll(async () => {
  for (const name of names) websites[name] = await records.addWebsite(userId, name.replace(' ', '-'))
  const [first, second] = [await records.addValidator('first'), await records.addValidator('second')]
  for (let round = 0; round < PLAYED.well.length; round += 1) {
    const verdicts = names.map((name) => {
      const letter = PLAYED[name].charAt(round)
      const answers = [testAnswer(first.no, letter === 'B' ? 'CONNECT' : null), testAnswer(second.no)]
      return { website: websites[name], letter, answers }
    })
    await records.close(r0 + round * MINUTE_MS, verdicts)
  }
  await updateWebsite(parts, ownerActor(userId), { id: websites.disabled.id, changes: { enabled: false } })
  await deleteWebsite(parts, ownerActor(userId), { id: websites.deleted.id })
  await endStopped(parts)
  for (const name of names) {
    for (const [index, { id }] of (await records.incidentsOf(websites[name])).entries()) {
      incidents[id] = index === 0 ? name : `${name} ${index + 1}`
    }
  }
})

const idOf = (name: string) => Object.keys(incidents).find((id) => incidents[id] === name) ?? ''

interface Page {
  pageInfo: { hasNextPage: boolean; hasPreviousPage: boolean; startCursor: string | null; endCursor: string | null }
  edges: { node: { id: string } }[]
}
const PAGE = 'pageInfo { hasNextPage hasPreviousPage startCursor endCursor } edges { node { id } }'
const told = ({ edges }: Page) => edges.map(({ node }) => incidents[node.id]).join(', ')

describe('the graph of incidents', () => {
  it('describes all that it adds', () => {
    expect(undescribed(schema)).toEqual([])
  })

  it.each(['{ incident(id: "a") { id } }', '{ incidents { edges { node { id } } } }'])(
    'is for owners: %s',
    async (query) => {
      const { errors } = await ask(schema, parts, ANONYMOUS, query)
      expect(errors).toMatchObject([{ extensions: { code: 'UNAUTHENTICATED' } }])
    },
  )
})

describe('incident', () => {
  const INCIDENT = `query ($id: ID!) { incident(id: $id) { id website { id name } startedAt openedAt endedAt end isOpen
    durationS failure reopenedCount acknowledgedAt revision } }`

  it('tells of one that goes on', async () => {
    const { data } = await ask(schema, parts, owner, INCIDENT, { id: idOf('down') })
    expect(data).toEqual({
      incident: {
        id: idOf('down'),
        website: { id: websites.down.id, name: 'down' },
        startedAt: at(1),
        openedAt: at(2),
        endedAt: null,
        end: null,
        isOpen: true,
        durationS: 16 * 60 + 45,
        failure: 'CONNECT',
        reopenedCount: 0,
        acknowledgedAt: null,
        revision: 1,
      },
    })
  })

  it.each([
    ['up again', { startedAt: at(2), endedAt: at(4), end: 'RECOVERED', isOpen: false, durationS: 120, revision: 2 }],
    ['disabled', { startedAt: at(4), end: 'DISABLED', isOpen: false, durationS: 13 * 60 + 45 }],
    ['deleted', { startedAt: at(5), end: 'DELETED', isOpen: false, website: { id: '', name: 'deleted' } }],
  ])('tells how that of %s ended', async (name, expected) => {
    const { data } = await ask<{ incident: object }>(schema, parts, owner, INCIDENT, { id: idOf(name) })
    const website = { id: websites[name as (typeof names)[number]].id, name: name.replace(' ', '-') }
    expect(data.incident).toMatchObject({ ...expected, website })
  })

  it("is null for somebody else's, for one that never was and for a malformed id", async () => {
    for (const [as, id] of [
      [stranger, idOf('down')],
      [owner, websites.down.id],
      [owner, 'x'],
    ] as const) {
      expect(await ask(schema, parts, as, INCIDENT, { id })).toEqual({ data: { incident: null } })
    }
  })
})

describe('Incident.timeline', () => {
  const ENTRIES = `edges { node { __typename id at
    ... on IncidentOpened { roundAt failure sightings { seen { validator { publicKey } status failure latencyUs setAside } leftOut } }
    ... on IncidentReopened { roundAt failure sightings { leftOut } }
    ... on IncidentClosed { end roundAt sightings { leftOut } }
    ... on IncidentNote { note } } }`
  const TIMELINE = `query ($id: ID!, $first: Int, $after: String, $last: Int, $before: String) { incident(id: $id) {
    timeline(first: $first, after: $after, last: $last, before: $before) { pageInfo { hasNextPage endCursor } ${ENTRIES} } } }`

  async function timeline(name: string, variables: Record<string, unknown> = {}) {
    const { data, errors } = await ask<{ incident: { timeline: Page } }>(schema, parts, owner, TIMELINE, {
      id: idOf(name),
      ...variables,
    })
    expect(errors).toBeUndefined()
    return data.incident.timeline
  }

  it('tells what happened, and what every validator saw', async () => {
    const { edges } = await timeline('up again')
    expect(edges.map(({ node }) => node)).toMatchObject([
      {
        __typename: 'IncidentOpened',
        roundAt: at(3),
        failure: 'CONNECT',
        sightings: {
          seen: [
            { validator: { publicKey: 'first' }, status: 'Bad', failure: 'CONNECT', latencyUs: null, setAside: false },
            { validator: { publicKey: 'second' }, status: 'Good', failure: null, latencyUs: 120_000, setAside: false },
          ],
          leftOut: 0,
        },
      },
      { __typename: 'IncidentClosed', end: 'RECOVERED', roundAt: at(5), sightings: { leftOut: 0 } },
    ])
  })

  it('tells the ends of one that was reopened apart from its last', async () => {
    await updateWebsite(parts, ownerActor(userId), { id: websites.flapping.id, changes: { enabled: false } })
    await endStopped(parts)
    const { edges } = await timeline('flapping')
    expect(edges.map(({ node }) => node)).toMatchObject([
      { __typename: 'IncidentOpened' },
      { __typename: 'IncidentClosed', end: 'RECOVERED', roundAt: at(6) },
      { __typename: 'IncidentReopened', failure: 'CONNECT', sightings: { leftOut: 0 } },
      { __typename: 'IncidentClosed', end: 'DISABLED', roundAt: null, sightings: null },
    ])
  })

  it('is read in pages, forwards and backwards', async () => {
    const all = (await timeline('flapping')).edges.map(({ node }) => node.id)
    const one = await timeline('flapping', { first: 3 })
    expect(one.edges.map(({ node }) => node.id)).toEqual(all.slice(0, 3))
    const two = await timeline('flapping', { first: 3, after: one.pageInfo.endCursor })
    expect(two.edges.map(({ node }) => node.id)).toEqual(all.slice(3))
    const last = await timeline('flapping', { last: 2 })
    expect(last.edges.map(({ node }) => node.id)).toEqual(all.slice(-2))
    const before = await timeline('flapping', { last: 2, before: all[2] })
    expect(before.edges.map(({ node }) => node.id)).toEqual(all.slice(0, 2))
  })

  it.each([{ first: 101 }, { first: 0 }, { first: 1, after: 'x' }])('refuses %j', async (variables) => {
    const { errors } = await ask(schema, parts, owner, TIMELINE, { id: idOf('flapping'), ...variables })
    expect(errors).toMatchObject([{ extensions: { code: 'BAD_USER_INPUT' } }])
  })

  it.each([1, 5])('takes five statements for %i incidents', async (first) => {
    const page = (size: string) => `timeline(${size}: 1) { edges { node { at } } }`
    const fields = `website { name } first: ${page('first')} last: ${page('last')}`
    const source = `{ incidents(first: ${first}) { edges { node { ${fields} } } } }`
    const statements = await countStatements(async () => {
      const { data } = await ask<{ incidents: Page }>(schema, parts, owner, source)
      expect(data.incidents.edges).toHaveLength(first)
    })
    expect(statements).toBe(5)
  })

  it('takes one statement for all the validators of a page', async () => {
    const count = await countStatements(() => ask(schema, parts, owner, TIMELINE, { id: idOf('flapping') }))
    expect(count).toBe(3)
  })
})

describe('incidents', () => {
  const INCIDENTS = `query ($state: IncidentState! = ALL, $first: Int, $after: String, $last: Int, $before: String) {
    incidents(state: $state, first: $first, after: $after, last: $last, before: $before) { ${PAGE} } }`
  async function page(variables: Record<string, unknown>, as = owner): Promise<Page> {
    const { data, errors } = await ask<{ incidents: Page }>(schema, parts, as, INCIDENTS, variables)
    expect(errors).toBeUndefined()
    return data.incidents
  }

  it.each([
    ['OPEN', 'down'],
    ['CLOSED', 'deleted, disabled, flapping, up again'],
    ['ALL', 'deleted, disabled, flapping, up again, down'],
  ])('%s: newest first', async (state, expected) => {
    expect(told(await page({ state }))).toBe(expected)
  })

  it('are read in pages, forwards and backwards', async () => {
    const forwards: string[] = []
    for (let after: string | null = null; ;) {
      const found: Page = await page({ first: 2, after })
      forwards.push(told(found))
      after = found.pageInfo.endCursor
      if (!found.pageInfo.hasNextPage) break
    }
    expect(forwards).toEqual(['deleted, disabled', 'flapping, up again', 'down'])
    const last = await page({ last: 2 })
    expect(told(last)).toBe('up again, down')
    expect(told(await page({ last: 2, before: last.pageInfo.startCursor }))).toBe('disabled, flapping')
  })

  it("are the caller's own", async () => {
    expect(told(await page({}, stranger))).toBe('')
  })
})

describe('Website.incidents', () => {
  const INCIDENTS = `query ($id: ID!, $from: DateTime, $to: DateTime) { website(id: $id) {
    incidents(from: $from, to: $to) { ${PAGE} } } }`
  const page = (variables: Record<string, unknown>) =>
    ask<{ website: { incidents: Page } }>(schema, parts, owner, INCIDENTS, {
      id: websites['up again'].id,
      ...variables,
    })

  it.each([
    [{}, 'up again'],
    [{ from: at(3) }, 'up again'],
    [{ from: at(4) }, ''],
    [{ to: at(2) }, ''],
    [{ to: at(3) }, 'up again'],
    [{ from: at(3), to: at(4) }, 'up again'],
  ])('%j: those that were open in that time', async (window, expected) => {
    expect(told((await page(window)).data.website.incidents)).toBe(expected)
  })

  it.each([{ from: at(3), to: at(3) }, { from: 'yesterday' }])('refuses %j', async (window) => {
    expect((await page(window)).errors).toMatchObject([{ extensions: { code: 'BAD_USER_INPUT' } }])
  })
})

describe('Website.openIncident', () => {
  const OPEN = '{ websites { edges { node { name openIncident { id website { id } } } } } }'

  it('is there for a page of websites in one statement', async () => {
    type Listed = { websites: { edges: { node: { name: string; openIncident: { id: string } | null } }[] } }
    let data = {} as Listed
    const count = await countStatements(async () => {
      data = (await ask<Listed>(schema, parts, owner, OPEN)).data
    })
    const open = data.websites.edges.map(({ node }) => [
      node.name,
      node.openIncident && incidents[node.openIncident.id],
    ])
    expect(Object.fromEntries(open)).toEqual({
      well: null,
      down: 'down',
      'up-again': null,
      flapping: null,
      disabled: null,
    })
    expect(count).toBe(4)
  })

  it('is null as soon as the website is disabled', async () => {
    const website = await records.addWebsite(userId, 'about-to-be-disabled')
    await records.play({ ...website, badToOpen: 1 }, 'B')
    await updateWebsite(parts, ownerActor(userId), { id: website.id, changes: { enabled: false } })
    const query = 'query ($id: ID!) { website(id: $id) { openIncident { id } } }'
    expect(await ask(schema, parts, owner, query, { id: website.id })).toEqual({
      data: { website: { openIncident: null } },
    })
  })
})
