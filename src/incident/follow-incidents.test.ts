import { afterAll, afterEach, beforeEach, describe, expect, inject, it } from 'vitest'
import { ANONYMOUS } from '../graph/identity.js'
import { countOperations, follow, ownerIdentity, ownerActor } from '../testing/owner/parts.js'
import type { Website } from '../generated/prisma/client.js'
import { MINUTE_MS } from '../time.js'
import { acknowledgeIncident } from './acknowledge-incident.js'
import { addIncidentNote } from './add-incident-note.js'
import { followIncidents, PENDING_MAX } from './follow-incidents.js'
import { keepIncidents } from './keep-incidents.js'
import { createTestIncidents, createTestSchema } from '../testing/incident/incidents.js'

const records = await createTestIncidents(inject('template'))
const { parts } = records
afterAll(() => parts.store.close())
let userId: string
let strangerId: string
let people = 0

beforeEach(async () => {
  people += 1
  userId = await records.addOwner(`owner${people}`)
  strangerId = await records.addOwner(`stranger${people}`)
})
afterEach(() => {
  if (parts.bus.listenerCount() !== 0) throw new Error('somebody still listens')
})

async function addDown(name: string, owner = userId): Promise<Website> {
  const website = await records.addWebsite(owner, `${name}-${people}`)
  await records.play(website, 'BB')
  return website
}

async function idOf(website: Website): Promise<string> {
  return (await records.incidentsOf(website))[0]?.id ?? ''
}

function openStream(store = parts.store) {
  const stream = followIncidents({ ...parts, store }, userId)
  const take = async (count: number) => {
    const told: string[] = []
    while (told.length < count) {
      const { value } = await stream.next()
      const state = value?.incident.endedAt === null ? 'open' : 'ended'
      told.push(`${value?.cause} ${value?.incident.id.slice(-6)} ${state} ${value?.incident.revision}`)
    }
    return told
  }
  return { stream, take }
}

describe('followIncidents', () => {
  it('tells the open ones, then every change, with its revision', async () => {
    const a = await addDown('a')
    const b = await addDown('b')
    const ended = await addDown('ended')
    await records.play(ended, 'GG')
    const [idA, idB, idEnded] = [await idOf(a), await idOf(b), await idOf(ended)]
    const keeper = await keepIncidents(parts)
    const { stream, take } = openStream()
    const short = (id: string) => id.slice(-6)
    expect(await take(2)).toEqual([`CURRENT ${short(idA)} open 1`, `CURRENT ${short(idB)} open 1`])
    const next = take(1)
    await acknowledgeIncident(parts, ownerActor(userId), idA)
    expect(await next).toEqual([`CHANGED ${short(idA)} open 2`])
    await addIncidentNote(parts, ownerActor(userId), { id: idEnded, note: 'It was the line.' })
    expect(await take(1)).toEqual([`CHANGED ${short(idEnded)} ended 3`])
    await records.play(b, 'GG')
    expect(await take(1)).toEqual([`CHANGED ${short(idB)} ended 2`])
    const c = await addDown('c')
    expect(await take(1)).toEqual([`CHANGED ${short(await idOf(c))} open 1`])
    await stream.return()
    await keeper.close()
  })

  it('costs a slow peer one event an incident, as it is when it is told', async () => {
    const a = await addDown('a')
    const incidentId = await idOf(a)
    const { stream, take } = openStream()
    await take(1)
    for (const note of ['1', '2', '3']) await addIncidentNote(parts, ownerActor(userId), { id: incidentId, note })
    expect(await take(1)).toEqual([`CHANGED ${incidentId.slice(-6)} open 4`])
    await stream.return()
  })

  it('reads the open ones in pages, as they are asked for', async () => {
    const websites: Website[] = []
    while (websites.length < 150) websites.push(await records.addWebsite(userId, `many-${people}-${websites.length}`))
    const roundAt = Math.ceil((parts.clock.now() + 1) / MINUTE_MS) * MINUTE_MS
    await records.close(
      roundAt,
      websites.map((website) => ({ website: { ...website, badToOpen: 1 }, letter: 'B' })),
    )
    const { store, count } = countOperations(parts.store)
    const { stream, take } = openStream(store)
    expect(new Set(await take(100)).size).toBe(100)
    expect(count()).toBe(1)
    expect(new Set(await take(50)).size).toBe(50)
    expect(count()).toBe(2)
    await stream.return()
  })

  it("tells nothing of somebody else's", async () => {
    const theirs = await addDown('theirs', strangerId)
    const mine = await addDown('mine')
    const { stream, take } = openStream()
    expect(await take(1)).toEqual([`CURRENT ${(await idOf(mine)).slice(-6)} open 1`])
    const next = take(1)
    await acknowledgeIncident(parts, ownerActor(strangerId), await idOf(theirs))
    await acknowledgeIncident(parts, ownerActor(userId), await idOf(mine))
    expect(await next).toEqual([`CHANGED ${(await idOf(mine)).slice(-6)} open 2`])
    await stream.return()
  })

  it('tells a peer that does not read to subscribe again', async () => {
    const { stream } = openStream()
    for (let index = 0; index <= PENDING_MAX; index += 1) {
      parts.bus.publish('incidentChanged', { incidentId: `${index}`, websiteId: '', userId })
    }
    await expect(stream.next()).rejects.toMatchObject({ extensions: { code: 'UNAVAILABLE' } })
  })
})

describe('incidentChanged', () => {
  const schema = createTestSchema()
  const SOURCE = `subscription { incidentChanged { cause sequence
    incident { revision isOpen durationS website { id } timeline(last: 1) { edges { node { __typename } } } } } }`

  it('carries the incident of the moment, over one subscription', async () => {
    const a = await addDown('a')
    const events = await follow<{ incidentChanged: object }>(schema, parts, ownerIdentity(userId), SOURCE)
    if ('errors' in events) throw new Error('not subscribed')
    const next = async () => {
      const { value } = await events.next()
      expect(value?.errors).toBeUndefined()
      return value?.data.incidentChanged
    }
    const of = (revision: number, entry: string, more: object = {}) => ({
      sequence: revision,
      incident: {
        revision,
        isOpen: true,
        durationS: 105,
        website: { id: a.id },
        timeline: { edges: [{ node: { __typename: entry } }] },
        ...more,
      },
    })
    expect(await next()).toEqual({ cause: 'CURRENT', ...of(1, 'IncidentOpened') })
    parts.clock.advance(5_000)
    await addIncidentNote(parts, ownerActor(userId), { id: await idOf(a), note: 'Looking.' })
    expect(await next()).toEqual({ cause: 'CHANGED', ...of(2, 'IncidentNote', { durationS: 110 }) })
    const idle = events.next()
    await events.return(undefined)
    expect(await idle).toEqual({ value: undefined, done: true })
  })

  it('is for owners', async () => {
    const events = await follow(schema, parts, ANONYMOUS, SOURCE)
    expect(events).toMatchObject({ errors: [{ extensions: { code: 'UNAUTHENTICATED' } }] })
  })
})
