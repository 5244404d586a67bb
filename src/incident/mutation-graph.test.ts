import { afterAll, beforeEach, describe, expect, inject, it } from 'vitest'
import type { Website } from '../generated/prisma/client.js'
import { ANONYMOUS, type Identity } from '../graph/identity.js'
import { ask, ownerIdentity } from '../testing/owner/parts.js'
import { createTestIncidents, createTestSchema, storedIncidents } from '../testing/incident/incidents.js'

const records = await createTestIncidents(inject('template'))
const { parts } = records
afterAll(() => parts.store.close())
const schema = createTestSchema()
const userId = await records.addOwner('owner')
const owner = ownerIdentity(userId)
const stranger = ownerIdentity(await records.addOwner('stranger'))
let website: Website
let id: string
let count = 0

beforeEach(async () => {
  count += 1
  website = await records.addWebsite(userId, `site-${count}`)
  await records.play(website, 'BB')
  id = (await records.incidentsOf(website))[0]?.id ?? ''
})

const NOTE = `mutation ($id: ID!, $note: String!) { addIncidentNote(input: { id: $id, note: $note }) { __typename
  ... on AddIncidentNoteSuccess { note { id at note } incident { id revision } }
  ... on AddIncidentNoteRefused { reason message } } }`
const ACKNOWLEDGE = `mutation ($id: ID!) { acknowledgeIncident(id: $id) { __typename
  ... on AcknowledgeIncidentSuccess { incident { id acknowledgedAt revision } }
  ... on AcknowledgeIncidentRefused { reason message } } }`

describe('addIncidentNote', () => {
  it('answers with the entry and the incident as it is then', async () => {
    const { data } = await ask(schema, parts, owner, NOTE, { id, note: 'It is the disk.' })
    const [, entry] = await records.entriesOf(id)
    expect(data).toEqual({
      addIncidentNote: {
        __typename: 'AddIncidentNoteSuccess',
        note: { id: entry?.id, at: new Date(parts.clock.now()).toISOString(), note: 'It is the disk.' },
        incident: { id, revision: 2 },
      },
    })
  })

  it.each<[string, Identity, string]>([
    ['NOT_FOUND', stranger, 'a'],
    ['INVALID_NOTE', owner, ' '],
  ])('is refused with %s', async (reason, as, note) => {
    const before = await storedIncidents(parts)
    const { data } = await ask(schema, parts, as, NOTE, { id, note })
    expect(data).toMatchObject({ addIncidentNote: { __typename: 'AddIncidentNoteRefused', reason } })
    expect(await storedIncidents(parts)).toEqual(before)
  })
})

describe('acknowledgeIncident', () => {
  it('answers with the incident as it is then', async () => {
    const acknowledgedAt = new Date(parts.clock.now()).toISOString()
    const success = { __typename: 'AcknowledgeIncidentSuccess', incident: { id, acknowledgedAt, revision: 2 } }
    expect((await ask(schema, parts, owner, ACKNOWLEDGE, { id })).data).toEqual({ acknowledgeIncident: success })
    parts.clock.advance(1_000)
    expect((await ask(schema, parts, owner, ACKNOWLEDGE, { id })).data).toEqual({ acknowledgeIncident: success })
  })

  it('is refused with NOT_FOUND', async () => {
    const before = await storedIncidents(parts)
    const { data } = await ask(schema, parts, stranger, ACKNOWLEDGE, { id })
    expect(data).toMatchObject({
      acknowledgeIncident: { __typename: 'AcknowledgeIncidentRefused', reason: 'NOT_FOUND' },
    })
    expect(await storedIncidents(parts)).toEqual(before)
  })
})

it.each([NOTE, ACKNOWLEDGE])('is for owners: %s', async (mutation) => {
  const before = await storedIncidents(parts)
  const { errors } = await ask(schema, parts, ANONYMOUS, mutation, { id, note: 'a' })
  expect(errors).toMatchObject([{ extensions: { code: 'UNAUTHENTICATED' } }])
  expect(await storedIncidents(parts)).toEqual(before)
})
