import { afterAll, afterEach, beforeAll, describe, expect, inject, it } from 'vitest'
import { openReadySocket, type RawSocket } from '../testing/raw-socket.js'
import { startTestHub, type TestHub } from '../testing/test-hub.js'
import { joinHub, playOneTask, type TestMember } from '../testing/test-round.js'
import { answer, createWebsites, submitOne } from '../testing/test-validator.js'

let hub: TestHub
let member: TestMember
let websiteId: string
let strangerToken: string

beforeAll(async () => {
  hub = await startTestHub(inject('template'))
  const [id = ''] = await createWebsites(hub, 1)
  websiteId = id
  member = await joinHub(hub)
  const { data } = await hub.post<{ createOwner: { token: string } }>(
    `mutation { createOwner(input: { email: "stranger@example.com" }) { ... on CreateOwnerSuccess { token } } }`,
    { token: hub.operatorToken },
  )
  strangerToken = data?.createOwner.token ?? ''
})
afterAll(() => hub.close())
afterEach(() => {
  if (hub.errors.length > 0) throw new Error(JSON.stringify(hub.errors))
})

/** Plays a round to its end and resolves with its instant. */
async function playToEnd(status: 'Good' | 'Bad'): Promise<string> {
  const [task] = await playOneTask(hub, member)
  if (!task) throw new Error('no task')
  const bad = { status: 'Bad', failure: 'CONNECT', detail: 'ECONNREFUSED', httpStatus: null, latencyUs: null } as const
  const outcome = await submitOne(hub, member, task, answer(task, status === 'Bad' ? bad : {}))
  expect(outcome).toMatchObject({ __typename: 'SubmitTickSuccess' })
  hub.clock.moveTo(Date.parse(task.deadlineAt) + 1)
  await hub.parts.closer.closeDue()
  return task.roundAt
}

const SUBSCRIPTION = `subscription { incidentChanged { cause sequence incident { id isOpen end acknowledgedAt website { id }
  timeline(last: 1) { edges { node { __typename ... on IncidentNote { note } } } } } } }`

interface News {
  cause: string
  sequence: number
  incident: { id: string; isOpen: boolean; end: string | null; acknowledgedAt: string | null; timeline: object }
}

async function followAs(token: string) {
  const socket = await openReadySocket(hub, token)
  socket.send({ id: 'incidents', type: 'subscribe', payload: { query: SUBSCRIPTION } })
  await expectSilence(socket)
  return {
    socket,
    next: async (): Promise<News> => {
      const message = (await socket.next()) as { payload?: { data?: { incidentChanged: News } } }
      if (!message.payload?.data) throw new Error(JSON.stringify(message))
      return message.payload.data.incidentChanged
    },
  }
}

/** Whatever was to be told before comes before the pong. */
async function expectSilence(socket: RawSocket): Promise<void> {
  socket.send({ type: 'ping' })
  expect(await socket.next()).toMatchObject({ type: 'pong' })
}

async function change(field: string, token: string): Promise<string> {
  const { data, errors } = await hub.post<Record<string, { __typename: string; reason?: string }>>(
    `mutation { change: ${field} { __typename ... on Problem { message } } }`,
    { token },
  )
  if (errors) throw new Error(JSON.stringify(errors))
  return data?.['change']?.__typename ?? ''
}

async function openIncidentOf(token: string): Promise<unknown> {
  const { data } = await hub.post<{ website: object | null }>(
    `query ($id: ID!) { website(id: $id) { openIncident { id startedAt openedAt failure } } }`,
    { token, variables: { id: websiteId } },
  )
  return data?.website
}

const lastEntry = (type: string, more: object = {}) => ({ edges: [{ node: { __typename: type, ...more } }] })

describe('rounds of a hub', () => {
  it('open an incident and close it, and its owner is told of every step', async () => {
    const owner = await followAs(hub.ownerToken)
    const stranger = await followAs(strangerToken)

    const startedAt = await playToEnd('Bad')
    expect(await openIncidentOf(hub.ownerToken)).toEqual({ openIncident: null })
    const openedAt = await playToEnd('Bad')
    const opened = await owner.next()
    const { id } = opened.incident
    expect(opened).toMatchObject({
      cause: 'CHANGED',
      sequence: 1,
      incident: { isOpen: true, website: { id: websiteId } },
    })
    expect(await openIncidentOf(hub.ownerToken)).toEqual({
      openIncident: { id, startedAt, openedAt, failure: 'CONNECT' },
    })

    const note = `addIncidentNote(input: { id: "${id}", note: "The line is down." })`
    const acknowledge = `acknowledgeIncident(id: "${id}")`
    expect(await change(note, strangerToken)).toBe('AddIncidentNoteRefused')
    expect(await change(acknowledge, strangerToken)).toBe('AcknowledgeIncidentRefused')
    expect(await change(note, hub.ownerToken)).toBe('AddIncidentNoteSuccess')
    expect(await owner.next()).toMatchObject({
      sequence: 2,
      incident: { id, timeline: lastEntry('IncidentNote', { note: 'The line is down.' }) },
    })
    expect(await change(acknowledge, hub.ownerToken)).toBe('AcknowledgeIncidentSuccess')
    expect(await owner.next()).toMatchObject({
      sequence: 3,
      incident: { id, acknowledgedAt: new Date(hub.clock.now()).toISOString() },
    })

    const late = await openReadySocket(hub, hub.ownerToken)
    late.send({ id: 'late', type: 'subscribe', payload: { query: SUBSCRIPTION } })
    expect(await late.next()).toMatchObject({
      payload: { data: { incidentChanged: { cause: 'CURRENT', sequence: 3, incident: { id } } } },
    })

    await playToEnd('Good')
    await playToEnd('Good')
    expect(await owner.next()).toMatchObject({
      cause: 'CHANGED',
      sequence: 4,
      incident: { id, isOpen: false, end: 'RECOVERED', timeline: lastEntry('IncidentClosed') },
    })
    expect(await openIncidentOf(hub.ownerToken)).toEqual({ openIncident: null })

    await expectSilence(stranger.socket)
    const { data } = await hub.post(
      `query ($id: ID!) { incident(id: $id) { id } incidents { edges { node { id } } } }`,
      {
        token: strangerToken,
        variables: { id },
      },
    )
    expect(data).toEqual({ incident: null, incidents: { edges: [] } })
    expect(await openIncidentOf(strangerToken)).toBeNull()
    for (const { socket } of [owner.socket, stranger.socket, late]) socket.close()
  })

  it('end it when its website is disabled, at once', async () => {
    hub.clock.advance(11 * 60_000)
    await playToEnd('Bad')
    await playToEnd('Bad')
    const owner = await openReadySocket(hub, hub.ownerToken)
    owner.send({ id: 'incidents', type: 'subscribe', payload: { query: SUBSCRIPTION } })
    expect(await owner.next()).toMatchObject({ payload: { data: { incidentChanged: { cause: 'CURRENT' } } } })
    expect(await change(`updateWebsite(input: { id: "${websiteId}", enabled: false })`, hub.ownerToken)).toBe(
      'UpdateWebsiteSuccess',
    )
    expect(await owner.next()).toMatchObject({
      payload: { data: { incidentChanged: { cause: 'CHANGED', sequence: 2, incident: { end: 'DISABLED' } } } },
    })
    owner.socket.close()
  })
})
