import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { createBuilder } from '../graph/create-builder.js'
import { addOwnerGraph } from '../owner/graph.js'
import { ask, countOperations, ownerIdentity, type TestParts, undescribed } from '../testing/owner/parts.js'
import { startTestHub, type TestHub } from '../testing/test-hub.js'
import { addWebsiteGraph } from '../website/graph.js'
import { addMaintenanceGraph } from './graph.js'

const CREATE = `mutation ($input: CreateMaintenanceWindowInput!) { createMaintenanceWindow(input: $input) {
  ... on CreateMaintenanceWindowSuccess { maintenanceWindow { id } }
  ... on CreateMaintenanceWindowRefused { reason message }
} }`
const DELETE = `mutation ($id: ID!) { deleteMaintenanceWindow(id: $id) {
  ... on DeleteMaintenanceWindowSuccess { maintenanceWindow { id running nextStart nextEnd } }
  ... on DeleteMaintenanceWindowRefused { reason message }
} }`
const READ = `query ($id: ID!) { website(id: $id) { inMaintenance maintenanceWindows {
  id name kind timeZone startsAt endsAt weekdays startTime endTime createdAt running nextStart nextEnd
} } }`
const WEEKLY = {
  name: 'Backup',
  kind: 'WEEKLY',
  timeZone: 'Europe/Berlin',
  weekdays: [7],
  startTime: '14:00',
  endTime: '15:00',
}

interface Read {
  website: { inMaintenance: boolean; maintenanceWindows: { id: string; nextStart: string }[] } | null
}
interface Made {
  createMaintenanceWindow: { maintenanceWindow: { id: string }; reason?: string }
}

let hub: TestHub
let strangerToken: string
let websiteId: string

beforeAll(async () => {
  hub = await startTestHub(inject('template'), { settings: { registration: 'open' } })
  const { data } = await hub.post<{ register: { token: string } }>(
    `mutation { register(input: { email: "s@example.com", password: "correct horse battery" }) { ... on RegisterSuccess { token } } }`,
  )
  strangerToken = data?.register.token ?? ''
  websiteId = await addWebsite()
})
afterAll(() => hub.close())

async function addWebsite(): Promise<string> {
  const { data } = await hub.post<{ createWebsite: { website: { id: string } } }>(
    `mutation { createWebsite(input: { name: "Shop", url: "https://example.com/" }) { ... on CreateWebsiteSuccess { website { id } } } }`,
    { token: hub.ownerToken },
  )
  return data?.createWebsite.website.id ?? ''
}

async function asOwner<Data>(query: string, variables: Record<string, unknown>, token = hub.ownerToken): Promise<Data> {
  const { data, errors } = await hub.post<Data>(query, { variables, token })
  expect(errors).toBeUndefined()
  return data as Data
}

const rows = () => hub.parts.store.prisma.maintenanceWindow.findMany({ orderBy: { id: 'asc' } })

describe('on a hub', () => {
  it('an owner makes windows, sees when they come next, and deletes them', async () => {
    const made = await asOwner<Made>(CREATE, { input: { websiteId, ...WEEKLY } })
    const { id } = made.createMaintenanceWindow.maintenanceWindow
    const once = {
      name: 'Move',
      kind: 'ONE_OFF',
      timeZone: 'Asia/Kathmandu',
      startsAt: '2026-12-01T00:00',
      endsAt: '2026-12-02T00:00',
    }
    await asOwner<Made>(CREATE, { input: { websiteId, ...once } })
    const none = { startsAt: null, endsAt: null, weekdays: [], startTime: null, endTime: null }
    const createdAt = '2026-11-22T13:00:00.000Z'
    expect(await asOwner<Read>(READ, { id: websiteId })).toEqual({
      website: {
        inMaintenance: true,
        maintenanceWindows: [
          {
            ...none,
            ...WEEKLY,
            id,
            createdAt,
            running: true,
            nextStart: '2026-11-29T13:00:00.000Z',
            nextEnd: '2026-11-22T14:00:00.000Z',
          },
          {
            ...none,
            ...once,
            id: expect.any(String),
            createdAt,
            running: false,
            nextStart: '2026-11-30T18:15:00.000Z',
            nextEnd: '2026-12-01T18:15:00.000Z',
          },
        ],
      },
    })
    expect(await asOwner(DELETE, { id })).toEqual({
      deleteMaintenanceWindow: { maintenanceWindow: { id, running: false, nextStart: null, nextEnd: null } },
    })
    const { website } = await asOwner<Read>(READ, { id: websiteId })
    expect(website).toMatchObject({ inMaintenance: false, maintenanceWindows: [{ name: 'Move' }] })
  })

  it("somebody else's website and windows are as if they were not there", async () => {
    const made = await asOwner<Made>(CREATE, { input: { websiteId, ...WEEKLY } })
    const { id } = made.createMaintenanceWindow.maintenanceWindow
    const before = await rows()
    const refused = { reason: 'NOT_FOUND', message: expect.any(String) }
    expect(await asOwner(CREATE, { input: { websiteId, ...WEEKLY } }, strangerToken)).toEqual({
      createMaintenanceWindow: refused,
    })
    expect(await asOwner(DELETE, { id }, strangerToken)).toEqual({ deleteMaintenanceWindow: refused })
    expect(await asOwner(READ, { id: websiteId }, strangerToken)).toEqual({ website: null })
    expect(await rows()).toEqual(before)
  })

  it.each([
    ['INVALID_NAME', { ...WEEKLY, name: '\t' }],
    ['UNKNOWN_TIME_ZONE', { ...WEEKLY, timeZone: '+01:00' }],
    ['INVALID_TIMES', { ...WEEKLY, startTime: '7pm' }],
    ['INVALID_WEEKDAYS', { ...WEEKLY, weekdays: [] }],
    ['END_NOT_AFTER_START', oneOff('2026-12-02T00:00', '2026-12-01T00:00')],
    ['TOO_LONG', oneOff('2026-12-02T00:00', '2027-12-01T00:00')],
    ['OVER', oneOff('2026-11-20T00:00', '2026-11-21T00:00')],
  ])('is refused for %s and nothing is changed', async (reason, said) => {
    const before = await rows()
    const { createMaintenanceWindow } = await asOwner<Made>(CREATE, { input: { websiteId, ...said } })
    expect(createMaintenanceWindow).toEqual({ reason, message: expect.any(String) })
    expect(await rows()).toEqual(before)
  })

  it('is for owners only', async () => {
    const before = await rows()
    for (const token of [undefined, hub.operatorToken]) {
      const { errors } = await hub.post(CREATE, {
        variables: { input: { websiteId, ...WEEKLY } },
        ...(token !== undefined && { token }),
      })
      expect(errors?.[0]?.extensions['code']).toBe(token === undefined ? 'UNAUTHENTICATED' : 'FORBIDDEN')
    }
    expect(await rows()).toEqual(before)
    expect(hub.errors).toEqual([])
  })

  function oneOff(startsAt: string, endsAt: string) {
    return { name: 'Move', kind: 'ONE_OFF', timeZone: 'UTC', startsAt, endsAt }
  }
})

describe('the schema', () => {
  const builder = createBuilder()
  addOwnerGraph(builder)
  addMaintenanceGraph(builder, addWebsiteGraph(builder))
  const schema = builder.toSchema()

  it('asks the database as often for many websites as for one', async () => {
    const others = await Promise.all([addWebsite(), addWebsite(), addWebsite()])
    for (const id of others) await asOwner(CREATE, { input: { websiteId: id, ...WEEKLY } })
    const { id: userId } = await hub.parts.store.prisma.user.findFirstOrThrow({ where: { email: 'owner@localhost' } })
    const counts = []
    for (const first of [1, 4]) {
      const { store, count } = countOperations(hub.parts.store)
      const parts = { ...hub.parts, store } as unknown as TestParts
      const source = `{ websites(first: ${first}) { edges { node { inMaintenance maintenanceWindows { nextStart nextEnd } } } } }`
      const { data } = await ask<{ websites: { edges: object[] } }>(schema, parts, ownerIdentity(userId), source)
      expect(data.websites.edges).toHaveLength(first)
      counts.push(count())
    }
    expect(counts).toEqual([3, 3])
  })

  it('describes everything', () => {
    expect(undescribed(schema)).toEqual([])
  })
})
