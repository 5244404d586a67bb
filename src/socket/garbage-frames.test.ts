import { randomBytes } from 'node:crypto'
import { connect } from 'node:net'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { openRawSocket } from '../testing/raw-socket.js'
import { useGarbageWorld, strangeText, strangeValue } from '../testing/api/garbage.js'

const world = useGarbageWorld()

/** RFC 6455's and graphql-transport-ws's; none of them says that the hub has failed. */
const CLOSE_CODES = new Set([
  1000, 1002, 1003, 1005, 1006, 1007, 1008, 1009, 4400, 4401, 4403, 4406, 4408, 4409, 4426, 4429,
])

interface Frame {
  isLast: boolean
  reserved: number
  opcode: number
  isMasked: boolean
  payload: Uint8Array
  /** The length that the frame states, when that is a lie. */
  lie: number | null
}

function encode({ isLast, reserved, opcode, isMasked, payload, lie }: Frame): Buffer {
  const length = lie ?? payload.length
  const head =
    length < 126
      ? Buffer.from([0, length])
      : length < 65_536
        ? Buffer.from([0, 126, length >> 8, length & 255])
        : Buffer.concat([Buffer.from([0, 127]), Buffer.from(BigInt(length).toString(16).padStart(16, '0'), 'hex')])
  head[0] = (isLast ? 128 : 0) | (reserved << 4) | opcode
  head[1] = (head[1] ?? 0) | (isMasked ? 128 : 0)
  if (!isMasked) return Buffer.concat([head, payload])
  const mask = randomBytes(4)
  return Buffer.concat([head, mask, payload.map((byte, index) => byte ^ (mask[index & 3] ?? 0))])
}

/** Resolves with the code that the hub closed with, or null. */
async function sendFrames(bytes: Buffer): Promise<number | null> {
  const socket = connect(world.hub.parts.settings.port, '127.0.0.1')
  socket.on('error', () => undefined)
  const pieces: Buffer[] = []
  const isUpgraded = new Promise<void>((resolve) => {
    socket.on('data', (piece: Buffer) => {
      pieces.push(piece)
      resolve()
    })
  })
  socket.write(
    'GET /graphql HTTP/1.1\r\nHost: hub\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n' +
      'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Protocol: graphql-transport-ws\r\n\r\n',
  )
  await isUpgraded
  socket.end(bytes)
  await new Promise((resolve) => socket.once('close', resolve))
  const all = Buffer.concat(pieces)
  const start = all.indexOf('\r\n\r\n') + 4
  for (let at = start; at + 1 < all.length;) {
    const short = (all[at + 1] ?? 0) & 127
    const [length, head] = short === 126 ? [all.readUInt16BE(at + 2), 4] : [short, 2]
    if (((all[at] ?? 0) & 15) === 8) return length >= 2 ? all.readUInt16BE(at + head) : 1005
    at += head + length
  }
  return null
}

/** Null is a connection that the peer cut. */
const isSoundEnd = (code: number | null) => code === null || CLOSE_CODES.has(code)

const MESSAGES = [
  { type: 'connection_init' },
  { type: 'subscribe', id: 'a', payload: { query: '{ __typename }' } },
  { type: 'ping' },
].map((message) => new Uint8Array(Buffer.from(JSON.stringify(message))))

const frame: fc.Arbitrary<Frame> = fc.record({
  isLast: fc.boolean(),
  reserved: fc.oneof({ weight: 5, arbitrary: fc.constant(0) }, { weight: 1, arbitrary: fc.nat(7) }),
  opcode: fc.oneof(fc.constantFrom(0, 1, 2, 8, 9, 10), fc.nat(15)),
  isMasked: fc.oneof({ weight: 5, arbitrary: fc.constant(true) }, { weight: 1, arbitrary: fc.constant(false) }),
  payload: fc.oneof(fc.constantFrom(...MESSAGES), fc.uint8Array({ maxLength: 200 })),
  lie: fc.oneof(
    { weight: 6, arbitrary: fc.constant(null) },
    { weight: 1, arbitrary: fc.constantFrom(0, 125, 126, 65_535, 65_536, 2 ** 31, Number.MAX_SAFE_INTEGER) },
  ),
})

function codeIn(payload: Uint8Array): number | null {
  return payload.length < 2 ? null : Buffer.from(payload).readUInt16BE(0)
}

describe('frames', () => {
  it('of any kind', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(frame, { minLength: 1, maxLength: 6 }), async (frames) => {
        const code = await sendFrames(Buffer.concat(frames.map(encode)))
        // A peer that closes properly gets its own code back (RFC 6455 §5.5.1).
        const isEcho = frames.some(({ opcode, payload }) => opcode === 8 && code !== null && codeIn(payload) === code)
        expect([code, isEcho || isSoundEnd(code)]).toEqual([code, true])
      }),
      { numRuns: 200 },
    )
  })

  const sound = { isLast: true, reserved: 0, opcode: 1, isMasked: true, payload: new Uint8Array(), lie: null }
  it.each<[string, number, Buffer]>([
    ['of no opcode', 1002, encode({ ...sound, opcode: 3 })],
    ['without a mask', 1002, encode({ ...sound, isMasked: false })],
    ['with a reserved bit', 1002, encode({ ...sound, reserved: 4 })],
    ['that go on with nothing', 1002, encode({ ...sound, opcode: 0 })],
    ['of control in parts', 1002, encode({ ...sound, opcode: 9, isLast: false })],
    ['of control too long', 1002, encode({ ...sound, opcode: 9, payload: new Uint8Array(126) })],
    ['of half a close', 1002, encode({ ...sound, opcode: 8, payload: new Uint8Array(1) })],
    ['that close with a code of nobody', 1002, encode({ ...sound, opcode: 8, payload: new Uint8Array([3, 238]) })],
    ['of text that is no UTF-8', 1007, encode({ ...sound, payload: new Uint8Array([0xc3, 0x28]) })],
    ['that say they are endless', 1009, encode({ ...sound, lie: 2 ** 40 })],
    [
      'in parts that come to too much',
      1009,
      Buffer.concat([
        encode({ ...sound, isLast: false }),
        ...Array.from({ length: 20 }, () =>
          encode({ ...sound, opcode: 0, isLast: false, payload: new Uint8Array(65_536) }),
        ),
      ]),
    ],
    [
      'in empty parts without end',
      1008,
      Buffer.concat([
        encode({ ...sound, isLast: false }),
        ...Array.from({ length: 200_000 }, () => Buffer.from([0, 128, 0, 0, 0, 0])),
      ]),
    ],
  ])('%s: %i', async (_what, code, bytes) => {
    expect(await sendFrames(bytes)).toBe(code)
  })
})

describe('messages', () => {
  const message = fc.oneof(
    fc.record(
      {
        type: fc.constantFrom(
          'connection_init',
          'subscribe',
          'complete',
          'ping',
          'pong',
          'next',
          'error',
          'connection_ack',
          '',
          'x',
        ),
        id: fc.oneof(fc.constantFrom('a', 'b', '', '__proto__', 'constructor'), strangeValue),
        payload: fc.oneof(
          fc.record({
            query: fc.constantFrom(
              '{ __typename }',
              'subscription { websiteChanged { __typename } }',
              'subscription { tasks { callbackId } }',
            ),
          }),
          fc.record(
            { query: strangeValue, variables: strangeValue, operationName: strangeValue, extensions: strangeValue },
            { requiredKeys: [] },
          ),
          fc.constant({ authorization: 'Bearer ovo_x' }),
          fc.record({ authorization: strangeValue, protocolVersion: strangeValue }, { requiredKeys: [] }),
          strangeValue,
        ),
      },
      { requiredKeys: [] },
    ),
    strangeValue,
  )

  it('of any shape, in any order, before and after the first', async () => {
    const begun = fc.constantFrom<object[]>([], [{ type: 'connection_init' }])
    await fc.assert(
      fc.asyncProperty(begun, fc.array(message, { maxLength: 6 }), strangeText, async (first, messages, text) => {
        const raw = await openRawSocket(world.hub)
        for (const one of [...first, ...messages]) raw.send(JSON.stringify(one) ?? text)
        // A socket that is still open closes properly; a broken hub would close it with a code of its own.
        raw.socket.close()
        const { code } = await raw.closed
        expect([code, isSoundEnd(code)]).toEqual([code, true])
      }),
      { numRuns: 200 },
    )
  })
})
