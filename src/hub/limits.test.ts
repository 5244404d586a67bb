import { request } from 'node:http'
import { afterEach, describe, expect, inject, it } from 'vitest'
import { DETAIL_LENGTH_MAX, DURATION_US_MAX, IP_ADDRESS_LENGTH_MAX, TICKS_PER_BATCH_MAX } from '../protocol/limits.js'
import { SETTINGS, type Settings } from '../settings.js'
import type { Store } from '../store/store.js'
import { isServing, openReadySocket, type RawSocket } from '../testing/raw-socket.js'
import { gated } from '../testing/store-wrappers.js'
import { startTestHub, type TestHub } from '../testing/test-hub.js'
import { joinHub, playRound } from '../testing/test-round.js'
import { openTestStore } from '../testing/test-store.js'
import { createWebsites, submitBatch, type WireTask } from '../testing/test-validator.js'
import { eventually } from '../testing/eventually.js'

const { messageMaxBytes, outgoingMaxBytes } = SETTINGS.http

let hub: TestHub
afterEach(() => hub.close())

async function start(settings: Partial<Settings>): Promise<TestHub> {
  hub = await startTestHub(inject('template'), { settings })
  return hub
}

const query = (bytes: number) => `{ __typename }${' '.repeat(bytes)}`
const subscribe = (text: string, id = 'a') => ({ id, type: 'subscribe', payload: { query: text } })

/** Resolves with the status. */
function sendUnannounced(body: string): Promise<number> {
  return new Promise((resolve, reject) => {
    const sent = request(`${hub.url}/graphql`, { method: 'POST', headers: { 'content-type': 'application/json' } })
    sent.on('response', (response) => {
      response.resume()
      resolve(response.statusCode ?? 0)
    })
    sent.on('error', reject)
    for (let at = 0; at < body.length; at += 65_536) sent.write(body.slice(at, at + 65_536))
    sent.end()
  })
}

describe('messageMaxBytes', () => {
  it('is the largest message of a socket', async () => {
    await start({ messageMaxBytes: 600_000 })
    const raw = await openReadySocket(hub)
    raw.send(subscribe(query(599_000)))
    expect(await raw.next()).toMatchObject({ type: 'next' })
    raw.send(subscribe(query(600_000), 'b'))
    expect(await raw.closed).toMatchObject({ code: 1009 })
  })

  it('is the largest body of a request, announced or not', async () => {
    await start({ messageMaxBytes: 600_000 })
    expect(await hub.post(query(599_000))).toMatchObject({ status: 200, data: { __typename: 'Query' } })
    expect(await hub.post(query(600_000))).toMatchObject({ status: 413, errors: [{ message: /600000 bytes/ }] })
    const body = (bytes: number) => JSON.stringify({ query: query(bytes) })
    expect(await sendUnannounced(body(599_000))).toBe(200)
    expect(await sendUnannounced(body(600_000))).toBe(413)
    expect(await sendUnannounced(body(5_000_000)).catch(() => 413)).toBe(413)
    expect(await sendUnannounced('{')).toBe(400)
    expect(hub.errors).toEqual([])
  })

  it('cannot be set to less than a batch of the most ticks with the longest values', () => {
    const tick = {
      leaf: 'f'.repeat(64),
      callbackId: 'x'.repeat(55),
      checkedAt: '2026-11-22T16:55:29.696Z',
      checkHash: 'f'.repeat(64),
      status: 'Good',
      failure: 'CERTIFICATE',
      detail: 'X'.repeat(DETAIL_LENGTH_MAX),
      httpStatus: 999,
      remoteAddress: ':'.repeat(IP_ADDRESS_LENGTH_MAX),
      latencyUs: DURATION_US_MAX,
      dnsUs: DURATION_US_MAX,
      connectUs: DURATION_US_MAX,
      tlsUs: DURATION_US_MAX,
      firstByteUs: DURATION_US_MAX,
      certificateExpiresAt: '2026-11-22T16:55:29.696Z',
    }
    const ticks = JSON.stringify(Array.from({ length: TICKS_PER_BATCH_MAX }, () => tick))
    // Leaves room for the rest of the message: its document, key, hub and signature.
    expect(ticks.length).toBeLessThan(messageMaxBytes.least - 64 * 1024)
  })
})

describe('outgoingMaxBytes', () => {
  const INTROSPECTION = '{ __schema { types { name description fields { name description type { name } } } } }'

  /** Asks without reading, until the hub ends the socket. */
  async function askUnread(raw: RawSocket, most: number): Promise<number> {
    const state = { isOpen: true }
    void raw.closed.then(() => (state.isOpen = false))
    raw.socket.pause()
    let asked = 0
    while (state.isOpen && asked < most) {
      raw.send(subscribe(INTROSPECTION, String(asked)))
      asked += 1
      // Answered only after everything that was asked before.
      await hub.post('{ __typename }')
    }
    return asked
  }

  it('ends the socket of a peer that reads nothing, and with more room keeps its answers', async () => {
    await start({ outgoingMaxBytes: outgoingMaxBytes.least })
    const asked = await askUnread(await openReadySocket(hub), 1_000)
    expect(asked).toBeLessThan(1_000)
    expect(await isServing(hub)).toBe(true)
    await hub.close()

    await start({ outgoingMaxBytes: outgoingMaxBytes.most })
    const patient = await openReadySocket(hub)
    expect(await askUnread(patient, asked)).toBe(asked)
    patient.socket.resume()
    for (let answered = 0; answered < asked;) if ((await patient.next()).type === 'next') answered += 1
    await patient.close()
  })
})

describe('waitingTicksMax', () => {
  it('is how many ticks may wait for the commit; beyond it they are refused, and taken when they come again', async () => {
    const ungated = await openTestStore(inject('template'))
    const gate = gated(ungated)
    const sqlOf = (text: string) => (text.includes('INSERT INTO "WebsiteTick"') ? gate.sql : ungated.sql)
    const store: Store = {
      ...ungated,
      sql: { ...ungated.sql, query: (text, parameters) => sqlOf(text).query(text, parameters) },
    }
    hub = await startTestHub(inject('template'), { settings: { waitingTicksMax: 3 }, overrides: { store } })
    await createWebsites(hub, 5)
    const member = await joinHub(hub)
    const submit = (some: readonly WireTask[]) =>
      submitBatch(
        hub,
        member,
        some.map((task) => ({ task })),
      )
    const [tasks = []] = await playRound(hub, member)
    gate.shut()
    const committing = submit(tasks.slice(0, 1))
    await eventually(() => expect(gate.waitingCount()).toBe(1))
    const [two, other] = [tasks.slice(1, 3), tasks.slice(3, 5)]
    const waiting = [two, other].map(async (some) => ({ some, answer: await submit(some) }))
    // Whichever came second.
    const refused = await Promise.race(waiting)
    expect(refused.answer).toMatchObject({ __typename: 'TicksRejected', reason: 'UNAVAILABLE' })
    gate.open()
    expect(await committing).toMatchObject({ acceptedCount: 1 })
    const answers = (await Promise.all(waiting)).map(({ answer }) => answer.__typename)
    expect(answers.sort()).toEqual(['SubmitTicksSuccess', 'TicksRejected'])
    expect(await submit(refused.some)).toMatchObject({ acceptedCount: 2 })
    expect(await hub.parts.store.prisma.websiteTick.count()).toBe(5)
  })
})
