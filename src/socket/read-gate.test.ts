import { connect } from 'node:net'
import { PassThrough } from 'node:stream'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { openReadySocket } from '../testing/raw-socket.js'
import { startTestHub, type TestHub } from '../testing/test-hub.js'
import { createReadGate, type ReadGate } from './read-gate.js'

const LIMITS = { turnMaxBytes: 100, waitingMaxBytes: 200, largeMinBytes: 20 }
const turn = () => new Promise<void>((resolve) => setImmediate(resolve))

function open(gate: ReadGate) {
  // Takes one large piece, like a TCP socket's high-water mark.
  const stream = new PassThrough({ highWaterMark: 20 })
  const lane = gate.admit(stream)
  const pieces: string[] = []
  stream.on('data', (piece: Buffer) => pieces.push(String(piece)))
  return { stream, lane, pieces }
}

const large = (letter: string) => letter.repeat(60)

describe('the gate', () => {
  it('reads as much as a turn may, and the others in the next ones, in their order', async () => {
    const gate = createReadGate(LIMITS)
    const all = ['a', 'b', 'c', 'd', 'e'].map((letter) => ({ letter, ...open(gate) }))
    for (const { stream, letter } of all) stream.write(large(letter))
    const seen: string[] = []
    for (let count = 0; count < 4; count++) {
      await turn()
      seen.push(all.map(({ pieces }) => pieces.join('').slice(0, 1)).join(''))
    }
    // Two of 60 exceed 100, so no third is read in the same turn.
    expect(seen[0]).toBe('ab')
    expect(seen).toContain('abcd')
    expect(seen.at(-1)).toBe('abcde')
    expect(all.every(({ lane, pieces, letter }) => pieces.join('') === large(letter) && !lane.isBehind())).toBe(true)
  })

  it('reads what is small at once, whatever others pour', async () => {
    const gate = createReadGate(LIMITS)
    const pouring = [open(gate), open(gate), open(gate), open(gate)]
    const small = open(gate)
    for (const { stream } of pouring) stream.write(large('x'))
    small.stream.write('ping')
    await turn()
    expect(small.pieces).toEqual(['ping'])
    expect(pouring.map(({ lane }) => lane.isBehind())).toEqual([false, false, true, true])
  })

  it('holds a stream back until all that was held is let on, and reads then what has come meanwhile', async () => {
    const { stream, lane, pieces } = open(createReadGate(LIMITS))
    lane.hold(10)
    lane.hold(10)
    stream.write('later')
    await turn()
    lane.letOn(10)
    await turn()
    expect(pieces).toEqual([])
    expect(lane.isBehind()).toBe(true)
    lane.letOn(10)
    expect(pieces).toEqual(['later'])
    expect(lane.isBehind()).toBe(false)
  })

  it('reads nothing large while as much waits to be handled as may', async () => {
    const gate = createReadGate(LIMITS)
    const holder = open(gate)
    const other = open(gate)
    holder.lane.hold(200)
    other.stream.write(large('x'))
    for (let count = 0; count < 3; count++) await turn()
    expect(other.pieces).toEqual([])
    holder.lane.letOn(200)
    await turn()
    expect(other.pieces.join('')).toBe(large('x'))
  })

  it('lets finish who has begun a message, before others begin theirs', async () => {
    const gate = createReadGate({ ...LIMITS, turnMaxBytes: 1 })
    const [first, second, third] = [open(gate), open(gate), open(gate)]
    const order: string[] = []
    for (const { stream } of [first, second, third])
      stream.on('data', (piece: Buffer) => order.push(String(piece)[0] ?? ''))
    first.stream.write(large('a'))
    await turn()
    for (const [{ stream }, letter] of [
      [second, 'b'],
      [third, 'c'],
      [first, 'A'],
    ] as const)
      stream.write(large(letter))
    for (let count = 0; count < 6 && order.length < 4; count++) await turn()
    expect(order).toEqual(['a', 'A', 'b', 'c'])
  })

  it('tells of the end behind what was held, and forgets a stream that is destroyed', async () => {
    const gate = createReadGate(LIMITS)
    const { stream, lane, pieces } = open(gate)
    const ended = new Promise<void>((resolve) => stream.once('end', resolve))
    lane.hold(200)
    stream.end(large('x'))
    const gone = open(gate)
    gone.stream.write(large('y'))
    await turn()
    expect(gone.lane.isBehind()).toBe(true)
    gone.stream.destroy()
    await turn()
    expect(gone.lane.isBehind()).toBe(false)
    lane.letOn(200)
    await ended
    expect(pieces.join('')).toBe(large('x'))
    expect(gone.pieces).toEqual([])
  })
})

describe('sockets behind the gate', () => {
  let hub: TestHub
  beforeAll(async () => {
    hub = await startTestHub(inject('template'))
  })
  afterAll(() => hub.close())

  const PADDING = ' '.repeat(100_000)
  const create = (name: string) =>
    `mutation { createWebsite(input: { name: "${name}", url: "http://127.0.0.1:9/" }) { __typename } }${PADDING}`
  const message = (id: string, query: string) => ({ id, type: 'subscribe', payload: { query } })

  it('are answered to every message, in its order, while another is served between them', async () => {
    const pouring = await Promise.all(Array.from({ length: 10 }, () => openReadySocket(hub, hub.ownerToken)))
    const healthy = await openReadySocket(hub)
    const ids = ['0', '1', '2', '3', '4']
    let answeredCount = 0
    const answers = pouring.map(async (raw) => {
      for (const id of ids) raw.send(message(id, `{ __typename }${PADDING}`))
      const order: string[] = []
      while (order.length < ids.length) {
        const { type, id = '' } = await raw.next()
        if (type !== 'next') continue
        order.push(id)
        answeredCount += 1
      }
      return order
    })
    healthy.send(message('h', '{ __typename }'))
    expect(await healthy.next()).toMatchObject({ id: 'h', type: 'next' })
    expect(answeredCount).toBeLessThan(pouring.length * ids.length)
    expect(await Promise.all(answers)).toEqual(pouring.map(() => ids))
    await Promise.all([...pouring, healthy].map((raw) => raw.close()))
  })

  it('lose nothing of what they sent before they closed', async () => {
    const pouring = await Promise.all(Array.from({ length: 8 }, () => openReadySocket(hub, hub.ownerToken)))
    for (const [index, raw] of pouring.entries()) {
      for (const number of [0, 1, 2]) raw.send(message(String(number), create(`closing ${index} ${number}`)))
    }
    await Promise.all(pouring.map((raw) => raw.close()))
    const count = () => hub.parts.store.prisma.website.count({ where: { name: { startsWith: 'closing' } } })
    // An operation that has begun ends without its socket.
    await expect.poll(count, { timeout: 10_000 }).toBe(24)
  })

  it('that break off in a message leave nothing behind', async () => {
    const { port } = hub.parts.settings
    const key = 'Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n'
    const head = `GET /graphql HTTP/1.1\r\nHost: hub\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n${key}Sec-WebSocket-Protocol: graphql-transport-ws\r\n\r\n`
    // The head of a masked text frame of 300,000 bytes, and a third of them.
    const frame = Buffer.concat([
      Buffer.of(0x81, 0xff, 0, 0, 0, 0, 0, 4, 0x93, 0xe0, 1, 2, 3, 4),
      Buffer.alloc(100_000),
    ])
    const broken = Array.from({ length: 10 }, async () => {
      const socket = connect(port, '127.0.0.1')
      socket.resume()
      await new Promise((resolve) => socket.write(head, resolve))
      await new Promise((resolve) => socket.write(frame, resolve))
      const closed = new Promise((resolve) => socket.once('close', resolve))
      socket.resetAndDestroy()
      await closed
    })
    await Promise.all(broken)
    const raw = await openReadySocket(hub)
    raw.send(message('after', `{ __typename }${PADDING}`))
    expect(await raw.next()).toMatchObject({ id: 'after', type: 'next' })
    await raw.close()
    expect(hub.errors).toEqual([])
  })
})
