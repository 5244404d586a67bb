import { randomBytes, randomUUID } from 'node:crypto'
import type { Website } from '../../generated/prisma/client.js'
import { DEFAULT_CHECK } from '../../protocol/check.js'
import { createKeyPair } from '../../protocol/sign-statement.js'
import type { TestHub } from '../test-hub.js'

/** Ids of things that mutations and queries are about. */
export type Things = Record<'website' | 'channel' | 'window' | 'incident' | 'token' | 'validator', string>

/** What is made, of whose website, and the word by which it is known again in an answer. */
interface Making {
  hub: TestHub
  website: Website
  mark: string
  createdAt: Date
}

/**
 * A website, or what it lacks of things that queries tell of, with new ones for mutations to do with as they like.
 * @param websiteId one that is there; else there will be another.
 */
export async function addThings(hub: TestHub, userId: string, mark: string, websiteId?: string): Promise<Things> {
  const { prisma } = hub.parts.store
  const createdAt = new Date(hub.clock.now())
  const website = websiteId
    ? await prisma.website.findUniqueOrThrow({ where: { id: websiteId } })
    : await prisma.website.create({
        data: {
          userId,
          name: mark,
          url: `http://127.0.0.1:9/${mark}/${randomUUID()}`,
          createdAt,
          checks: { create: { revision: 1, settings: { ...DEFAULT_CHECK, headers: [] } } },
        },
      })
  const making: Making = { hub, website, mark, createdAt }
  const token = await prisma.apiToken.create({
    data: { userId, kind: 'API', name: mark, hash: randomBytes(32), createdAt },
  })
  const validator = await prisma.validator.create({ data: { publicKey: createKeyPair().publicKey } })
  await addProof(making)
  return {
    website: website.id,
    channel: await addChannel(making),
    window: await addWindows(making),
    incident: await addIncidents(making),
    token: token.id,
    validator: validator.id,
  }
}

/** One that can no longer be seen. */
async function addProof({ hub, website, createdAt }: Making): Promise<void> {
  const key = { userId: website.userId, host: new URL(website.url).host }
  await hub.parts.store.prisma.hostProof.upsert({
    where: { userId_host: key },
    create: { ...key, method: 'FILE', provenAt: createdAt, checkedAt: createdAt, failedAt: createdAt },
    update: {},
  })
}

/** With deliveries in every state. */
async function addChannel({ hub, website, mark, createdAt }: Making): Promise<string> {
  const { prisma } = hub.parts.store
  const { userId } = website
  // An owner may have 20.
  await prisma.channel.updateMany({ where: { userId }, data: { deletedAt: createdAt } })
  const { id: channelId } = await prisma.channel.create({
    data: {
      userId,
      websiteId: website.id,
      kind: 'WEBHOOK',
      config: { url: `http://127.0.0.1:9/${mark}` },
      secret: randomBytes(32),
      createdAt,
    },
  })
  const attempt = {
    at: createdAt,
    durationMs: 5,
    outcome: 'DELIVERED' as const,
    httpStatus: 200,
    answer: mark,
    error: mark,
  }
  const states = [
    { deliveredAt: createdAt, attemptCount: 1, attempts: { create: attempt } },
    { nextAttemptAt: new Date('2030-01-01T00:00:00.000Z') },
    { abandonedAt: createdAt },
  ]
  for (const state of states) {
    const data = { channelId, event: 'incident.opened', payload: mark, createdAt, ...state }
    await prisma.delivery.create({ data })
  }
  return channelId
}

/** One of each kind; the weekly one is for mutations. */
async function addWindows({ hub, website, mark, createdAt }: Making): Promise<string> {
  const { prisma } = hub.parts.store
  const shared = { websiteId: website.id, name: mark, timeZone: 'UTC', createdAt }
  await prisma.maintenanceWindow.create({
    data: { ...shared, kind: 'ONE_OFF', startsAt: '2030-01-01T00:00', endsAt: '2030-01-01T01:00' },
  })
  const weekly = await prisma.maintenanceWindow.create({
    data: {
      ...shared,
      kind: 'WEEKLY',
      weekdays: [1],
      startTime: '01:00',
      endTime: '02:00',
      changedAt: createdAt,
    },
  })
  return weekly.id
}

/** One that has ended, beside the one that rounds have opened or a new one. */
async function addIncidents({ hub, website: { no: websiteNo }, createdAt }: Making): Promise<string> {
  const { prisma } = hub.parts.store
  const incident =
    (await prisma.incident.findFirst({ where: { websiteNo }, orderBy: { id: 'asc' } })) ??
    (await prisma.incident.create({ data: { websiteNo, startedAt: createdAt, openedAt: createdAt } }))
  const before = new Date(createdAt.getTime() - 1_000)
  await prisma.incident.create({
    data: { websiteNo, startedAt: before, openedAt: before, endedAt: createdAt, end: 'RECOVERED' },
  })
  return incident.id
}

export function missingThings(): Things {
  const names = ['website', 'channel', 'window', 'incident', 'token', 'validator'] as const
  return Object.fromEntries(names.map((name) => [name, randomUUID()])) as Things
}
