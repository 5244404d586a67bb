import { ownerActor } from '../testing/owner/parts.js'
import { afterAll, describe, expect, inject, it } from 'vitest'
import { MINUTE_MS } from '../time.js'
import { updateWebsite } from '../website/update-website.js'
import { endStopped } from './end-stopped.js'
import { createTestIncidents, testAnswer } from '../testing/incident/incidents.js'

const records = await createTestIncidents(inject('template'))
const { parts } = records
const { prisma } = parts.store
afterAll(() => parts.store.close())
const userId = await records.addOwner('owner')
const website = await records.addWebsite(userId, 'shop')
const createdAt = new Date(parts.clock.now())
await prisma.channel.create({
  data: { userId, kind: 'WEBHOOK', config: { url: 'https://hooks.example.com/' }, secret: Buffer.alloc(32), createdAt },
})

async function messages() {
  const deliveries = await prisma.delivery.findMany({ orderBy: [{ createdAt: 'asc' }, { id: 'asc' }] })
  return deliveries.map(({ event, payload }) => {
    const { type, timestamp, data } = JSON.parse(payload) as Record<string, unknown>
    expect(type).toBe(event)
    return { event, timestamp, data }
  })
}

describe('the channels of an owner', () => {
  it('are told of every opening, reopening and end, with what each is about', async () => {
    const r0 = parts.clock.now() + MINUTE_MS
    const at = (round: number) => new Date(r0 + round * MINUTE_MS).toISOString()
    const closeOf = (round: number) => new Date(r0 + round * MINUTE_MS + 45_000).toISOString()
    const down = [testAnswer(1, 'TLS'), testAnswer(2), { ...testAnswer(3, 'TLS'), setAside: true }]
    for (const [round, letter] of 'BBGGBB'.split('').entries()) {
      const answers = letter === 'B' ? down : [testAnswer(1), testAnswer(2)]
      await records.close(r0 + round * MINUTE_MS, [{ website, letter, answers }])
    }
    parts.clock.advance(1_000)
    await updateWebsite(parts, ownerActor(userId), { id: website.id, changes: { enabled: false } })
    const disabledAt = new Date(parts.clock.now()).toISOString()
    await endStopped(parts)

    const [incident] = await records.incidentsOf(website)
    const about = {
      incidentId: incident?.id,
      website: { id: website.id, name: 'shop', url: 'https://shop.example.com/' },
      startedAt: at(0),
      openedAt: at(1),
      failure: 'TLS',
    }
    const isOpen = { endedAt: null, end: null }
    expect(await messages()).toEqual([
      {
        event: 'incident.opened',
        timestamp: closeOf(1),
        data: {
          ...about,
          ...isOpen,
          revision: 1,
          reopenedCount: 0,
          verdict: { roundAt: at(1), good: 1, bad: 2, setAside: 1 },
        },
      },
      {
        event: 'incident.closed',
        timestamp: closeOf(3),
        data: {
          ...about,
          endedAt: at(2),
          end: 'RECOVERED',
          revision: 2,
          reopenedCount: 0,
          verdict: { roundAt: at(3), good: 2, bad: 0, setAside: 0 },
        },
      },
      {
        event: 'incident.reopened',
        timestamp: closeOf(5),
        data: {
          ...about,
          ...isOpen,
          revision: 3,
          reopenedCount: 1,
          verdict: { roundAt: at(5), good: 1, bad: 2, setAside: 1 },
        },
      },
      {
        event: 'incident.closed',
        timestamp: disabledAt,
        data: { ...about, endedAt: disabledAt, end: 'DISABLED', revision: 4, reopenedCount: 1, verdict: null },
      },
    ])
  })
})
