import { request } from 'node:http'
import { connect } from 'node:net'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { REQUEST_MS } from '../limits.js'
import { startTestHub, type TestHub } from '../testing/test-hub.js'
import { responseFault } from '../testing/api/garbage.js'

let hub: TestHub
let narrow: TestHub
beforeAll(async () => {
  hub = await startTestHub(inject('template'), { settings: { messageMaxBytes: 6_000_000 } })
  narrow = await startTestHub(inject('template'), { settings: { messageMaxBytes: 150_000 } })
})
afterAll(async () => {
  await Promise.all([hub.close(), narrow.close()])
  const errors = [...hub.errors, ...narrow.errors]
  if (errors.length > 0) throw new Error(JSON.stringify(errors))
})

interface Upload {
  method?: string
  path: string
  headers: Record<string, string>
}

const JSON_TYPE = { 'content-type': 'application/json' }
const REFUSED: readonly [status: number, what: string, upload: Upload][] = [
  [413, 'a body too large', { path: '/graphql', headers: JSON_TYPE }],
  [415, 'a form', { path: '/graphql', headers: { 'content-type': 'application/x-www-form-urlencoded' } }],
  [415, 'a compressed body', { path: '/graphql', headers: { ...JSON_TYPE, 'content-encoding': 'gzip' } }],
  [403, 'a foreign page', { path: '/graphql', headers: { ...JSON_TYPE, origin: 'https://evil.example' } }],
  [404, 'a path of nothing', { path: '/nothing', headers: JSON_TYPE }],
  [405, 'a method of nothing', { method: 'PUT', path: '/graphql', headers: JSON_TYPE }],
  [405, 'a body where none is read', { path: '/healthz', headers: JSON_TYPE }],
]
const SIZES = [200_000, 1_000_000, 5_000_000]

type Answer = { status: number; body: string }

/** Node.js's own client, which announces the length or sends chunks. */
function upload(
  { url }: TestHub,
  { method = 'POST', path, headers }: Upload,
  bytes: number,
  isAnnounced: boolean,
): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const length = isAnnounced ? { 'content-length': String(bytes) } : {}
    const sent = request(`${url}${path}`, { method, headers: { ...headers, ...length }, agent: false })
    sent.on('error', reject)
    sent.on('response', (response) => {
      let body = ''
      response.on('data', (piece) => (body += String(piece)))
      response.on('error', reject)
      response.on('end', () => resolve({ status: response.statusCode ?? 0, body }))
    })
    for (let left = bytes; left > 0; left -= 65_536) sent.write('x'.repeat(Math.min(left, 65_536)))
    sent.end()
  })
}

/** A peer that reads nothing before it has sent everything. */
async function uploadDeaf(
  { parts }: TestHub,
  { method = 'POST', path, headers }: Upload,
  bytes: number,
): Promise<Answer> {
  const socket = connect(parts.settings.port, '127.0.0.1')
  const lines = Object.entries({ host: 'hub', ...headers, 'content-length': String(bytes) })
  const head = lines.map(([name, value]) => `${name}: ${value}\r\n`).join('')
  const failed = new Promise<never>((_resolve, reject) => void socket.once('error', reject))
  await Promise.race([
    new Promise((resolve) => {
      socket.write(`${method} ${path} HTTP/1.1\r\n${head}\r\n`)
      socket.write(Buffer.alloc(bytes, 'x'), resolve)
    }),
    failed,
  ])
  let text = ''
  for await (const piece of socket) text += String(piece)
  const [, status, body] = /^HTTP\/1\.1 (\d+)[^]*?\r\n\r\n([^]*)$/.exec(text) ?? []
  return { status: Number(status), body: body ?? '' }
}

describe.each(REFUSED)('%i for %s', (status, _what, refused) => {
  it.each(SIZES)('reaches a peer that still sends %i bytes', async (bytes) => {
    const asked = status === 413 ? narrow : hub
    const runs = Array.from({ length: 4 }, () => [
      upload(asked, refused, bytes, true),
      upload(asked, refused, bytes, false),
      uploadDeaf(asked, refused, bytes),
    ])
    for (const answer of await Promise.all(runs.flat())) {
      expect(answer.status).toBe(status)
      expect(responseFault(JSON.parse(answer.body))).toBeNull()
    }
  })
})

/** Says something over TCP, and hears what comes until the hub has closed its side. */
async function say(...pieces: (string | Buffer)[]): Promise<string> {
  const socket = connect({ port: narrow.parts.settings.port, host: '127.0.0.1', allowHalfOpen: true })
  for (const piece of pieces) socket.write(piece)
  let text = ''
  for await (const piece of socket) text += String(piece)
  socket.destroy()
  return text
}

describe('a connection that is closed', () => {
  const tooLarge =
    'POST /graphql HTTP/1.1\r\nHost: hub\r\nContent-Type: application/json\r\nContent-Length: 900000\r\n\r\n'

  it('is closed on the own side first', async () => {
    expect(await say(tooLarge, 'x')).toMatch(/^HTTP\/1\.1 413 .*\r\nconnection: close\r\n/is)
  })

  it('answers nothing that comes after its last answer', async () => {
    const text = await say(tooLarge, Buffer.alloc(900_000, 'x'), 'GET /healthz HTTP/1.1\r\nHost: hub\r\n\r\n')
    expect(text.match(/HTTP\/1\.1 /g)).toHaveLength(1)
  })

  it.each(['/readyz', '/graphql?query={viewer{__typename}}', '/export/ticks.csv', '/nothing'])(
    'still answers what came whole before what is faulty: %s',
    async (path) => {
      const text = await say(`GET ${path} HTTP/1.1\r\nHost: hub\r\n\r\n\0garbage\r\n\r\n`)
      expect(text.match(/HTTP\/1\.1 (200|401|404) /g)).toHaveLength(1)
      expect(text.match(/HTTP\/1\.1 /g)).toHaveLength(1)
    },
  )

  it.each([
    [431, 'a head too large', `GET / HTTP/1.1\r\nHost: hub\r\nX-Large: ${'x'.repeat(3_000_000)}\r\n\r\n`],
    [400, 'no request', `hello\r\n${'x'.repeat(3_000_000)}`],
    [400, 'a length that is none', `POST / HTTP/1.1\r\nHost: hub\r\nContent-Length: x\r\n\r\n${'x'.repeat(3_000_000)}`],
    [
      400,
      'a chunk that is none',
      `POST /graphql HTTP/1.1\r\nHost: hub\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\nx${'x'.repeat(3_000_000)}`,
    ],
  ])('has said %i to %s, in the shape of every refusal', async (status, _what, text) => {
    const answer = await say(text)
    expect(answer).toMatch(new RegExp(`^HTTP/1.1 ${status} `))
    expect(responseFault(JSON.parse(answer.slice(answer.indexOf('\r\n\r\n'))))).toBeNull()
  })
})

it('half a request ends within 30 s', () => {
  expect(REQUEST_MS).toBeLessThan(28_000)
})
