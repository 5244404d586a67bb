import type { Socket } from 'node:net'
import { createSecureContext } from 'node:tls'
import { describe, expect, it } from 'vitest'
import { freePort, readPem, serveAnswer, serveHttp, serveHttps, serveRaw } from '../testing/agent/check/loopback.js'
import { startReceiver } from '../testing/notice/outbox.js'
import { openChannel } from './channel/open-channel.js'
import { createWebhookSecret } from './channel/webhook-secret.js'
import { type ChannelSender, createChannelSender, type SenderOptions } from './channel-sender.js'
import { eventually } from '../testing/eventually.js'

const BODY = '{"type":"channel.test","data":{"number":1}}'
/** Long enough for a busy machine to get to the point that is tested. */
const SHORT_MS = 1_500

async function send(url: string, options: Partial<SenderOptions> = {}) {
  const sender = createChannelSender({ allowPrivateTargets: true, ...options })
  const result = await sendOver(sender, url)
  await sender.close()
  return result
}

function sendOver(sender: ChannelSender, url: string) {
  const { render, judge } = openChannel({
    kind: 'WEBHOOK',
    config: { url },
    secret: createWebhookSecret(),
    previousSecret: null,
    previousSecretUntil: null,
  })
  return sender.send(render({ id: 'id-1', payload: BODY, at: 0 }), judge)
}

/** Says `piece` again and again, as fast as the peer takes it. */
function flood(socket: Socket, piece: string): void {
  const pieces = piece.repeat(Math.ceil(16_384 / piece.length))
  const pour = () => {
    while (socket.writable && socket.write(pieces)) {}
  }
  socket.on('drain', pour)
  pour()
}

describe('a receiver', () => {
  it('gets the body by POST with the headers of Standard Webhooks', async () => {
    const { url, received } = await startReceiver((_, response) => response.writeHead(202).end('thanks'))
    const durationMs = expect.any(Number)
    expect(await send(url)).toEqual({
      outcome: 'DELIVERED',
      durationMs,
      httpStatus: 202,
      answer: 'thanks',
      error: null,
    })
    expect(received).toHaveLength(1)
    expect(received[0]?.body).toBe(BODY)
    expect(received[0]?.headers).toEqual({
      host: new URL(url).host,
      'user-agent': 'overlaps-hub',
      accept: '*/*',
      'accept-encoding': 'identity',
      connection: 'close',
      'content-type': 'application/json',
      'content-length': String(BODY.length),
      'webhook-id': 'id-1',
      'webhook-timestamp': '0',
      'webhook-signature': expect.stringMatching(/^v1,[A-Za-z0-9+/]{43}=$/),
    })
  })

  it.each([
    [404, 'REFUSED', 'status 404'],
    [410, 'GONE', 'turned off'],
    [500, 'UNREACHABLE', 'status 500'],
  ])('that answers %i', async (status, outcome, words) => {
    const { url } = await startReceiver((_, response) => response.writeHead(status).end('no'))
    const error = expect.stringContaining(words)
    expect(await send(url)).toMatchObject({ outcome, httpStatus: status, answer: 'no', error })
  })

  it('that redirects is not followed', async () => {
    const other = await startReceiver()
    const { url } = await startReceiver((_, response) => response.writeHead(307, { location: other.url }).end())
    const error = expect.stringContaining('redirects are not followed')
    expect(await send(url)).toMatchObject({ outcome: 'REFUSED', httpStatus: 307, answer: '', error })
    expect(other.received).toEqual([])
  })

  it.each([
    ['the first 500 characters', 'ü🎉'.repeat(400), 'ü🎉'.repeat(250)],
    ['no control characters', 'a\u0000b\u001B[31mc\r\n\td', 'a\uFFFDb\uFFFD[31mc\r\n\td'],
    ['text of what is none', Buffer.from([0xff, 0xfe, 0x61]), '\uFFFD\uFFFDa'],
  ])('has %s of its answer kept', async (_, said, kept) => {
    const { url } = await startReceiver((_message, response) => response.end(said))
    expect(await send(url)).toMatchObject({ outcome: 'DELIVERED', answer: kept })
  })
})

describe('a hostile receiver', () => {
  it.each<[string, string, (socket: Socket) => void, string]>([
    ['with garbage', 'SSH-2.0-OpenSSH_9\r\n\r\n', (socket) => socket.end(), 'not right HTTP'],
    ['with a status line without end', 'HTTP/1.1 200 ', (socket) => flood(socket, 'y'), 'too large a head'],
    ['with interim answers without end', '', (socket) => flood(socket, 'HTTP/1.1 102 P\r\n\r\n'), 'interim answers'],
    [
      'with another protocol',
      'HTTP/1.1 101 S\r\nConnection: upgrade\r\nUpgrade: x\r\n\r\n',
      () => {},
      'another protocol',
    ],
    ['by closing', '', (socket) => socket.end(), 'took no connection, or ended it'],
    ['by a reset', 'HTTP/1.1 20', (socket) => socket.resetAndDestroy(), '(ECONNRESET)'],
    ['by nothing', '', () => {}, 'had not answered after 1.5 s'],
    ['with half a status line', 'HTTP/1.1 200 OK', () => {}, 'had not answered after 1.5 s'],
  ])('that answers %s', async (_, answer, then, words) => {
    const outcome = await send(await serveAnswer(answer, then), { timeoutMs: SHORT_MS })
    const error = expect.stringContaining(words)
    expect(outcome).toMatchObject({ outcome: 'UNREACHABLE', httpStatus: null, answer: null, error })
    expect(outcome.durationMs).toBeLessThan(SHORT_MS * 3)
  })

  it('that says a body without end is cut off', async () => {
    let socket: Socket | null = null
    const url = await serveAnswer('HTTP/1.1 200 OK\r\n\r\n', (opened) => {
      socket = opened
      flood(opened, 'x')
    })
    expect(await send(url)).toMatchObject({ outcome: 'DELIVERED', answer: 'x'.repeat(500) })
    await new Promise<void>((resolve) => {
      if (socket === null || socket.destroyed) resolve()
      else socket.once('close', () => resolve())
    })
  })

  it.each([
    ['trickles', () => {}],
    ['cuts', (socket: Socket) => socket.resetAndDestroy()],
  ])('that has answered and %s its body has answered', async (_, then) => {
    const url = await serveAnswer('HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\nhalf', then)
    expect(await send(url, { timeoutMs: SHORT_MS })).toMatchObject({ outcome: 'DELIVERED', error: null })
  })

  it('that nobody is', async () => {
    const error = expect.stringContaining('(ECONNREFUSED)')
    expect(await send(`http://127.0.0.1:${await freePort()}/`)).toMatchObject({ outcome: 'UNREACHABLE', error })
  })
})

describe('over TLS', () => {
  const trust = createSecureContext({ ca: readPem('ca') })

  it('a receiver is asked when its certificate is right', async () => {
    const site = await serveHttps('trusted', (_, response) => response.end('ok'))
    expect(await send(site.url('/', 'localhost'), { trust })).toMatchObject({ outcome: 'DELIVERED' })
    expect(await send(site.url(), { trust })).toMatchObject({ outcome: 'DELIVERED' })
  })

  it.each([
    ['expired', 'CERT_HAS_EXPIRED'],
    ['self-signed', 'DEPTH_ZERO_SELF_SIGNED_CERT'],
    ['wrong-name', 'ERR_TLS_CERT_ALTNAME_INVALID'],
  ] as const)('a certificate that is %s gets no message', async (name, code) => {
    const site = await serveHttps(name, (_, response) => response.end())
    const error = `The receiver's certificate is not right, or TLS could not be set up (${code}).`
    expect(await send(site.url(), { trust })).toMatchObject({ outcome: 'UNREACHABLE', httpStatus: null, error })
    expect(site.requests).toEqual([])
  })

  it.each<[string, (socket: Socket) => void]>([
    ['is none', (socket) => socket.write('HTTP/1.1 400 Bad Request\r\n\r\n')],
    ['is cut', (socket) => socket.end()],
  ])('a handshake that %s', async (_, answer) => {
    const { port } = await serveRaw((socket) => void socket.once('data', () => answer(socket)))
    const error = expect.stringContaining('TLS could not be set up')
    expect(await send(`https://127.0.0.1:${port}/`)).toMatchObject({ outcome: 'UNREACHABLE', error })
  })

  it('a handshake that never ends', async () => {
    const { port } = await serveRaw(() => undefined)
    const error = expect.stringContaining('had not answered')
    expect(await send(`https://127.0.0.1:${port}/`, { timeoutMs: SHORT_MS })).toMatchObject({ error })
  })
})

const PRIVATE_SPELLINGS =
  `127.0.0.1 127.1 2130706433 0x7f000001 0177.0.0.1 １２７.0.0.1 0.0.0.0 [::1] [::] [::ffff:127.0.0.1]
  [::ffff:7f00:1] [64:ff9b::7f00:1] [::127.0.0.1] 10.0.0.1 169.254.169.254`.split(/\s+/)

describe('where private targets are not allowed', () => {
  const REFUSED = {
    outcome: 'UNREACHABLE',
    httpStatus: null,
    error: expect.stringContaining('leads to no public address'),
  }

  async function sendAndCount(host: string, options: Partial<SenderOptions> = {}) {
    let connections = 0
    const { port } = await serveRaw((socket) => {
      connections += 1
      socket.end()
    })
    const outcome = await send(`http://${host}:${port}/`, { allowPrivateTargets: false, ...options })
    return { outcome, connections }
  }

  it.each(PRIVATE_SPELLINGS)('the address %s gets no connection', async (host) => {
    expect(await sendAndCount(host)).toEqual({ outcome: expect.objectContaining(REFUSED), connections: 0 })
  })

  it('a name of this machine gets no connection', async () => {
    expect(await sendAndCount('localhost')).toEqual({ outcome: expect.objectContaining(REFUSED), connections: 0 })
  })

  it.each([[['127.0.0.1']], [['::1', '::ffff:127.0.0.1', '10.0.0.1', 'fe80::1%lo']], [['garbage', '']]])(
    'a name that resolves to %j gets no connection',
    async (addresses) => {
      const outcome = await sendAndCount('hooks.example.com', { resolveHost: async () => addresses })
      expect(outcome).toEqual({ outcome: expect.objectContaining(REFUSED), connections: 0 })
    },
  )

  it('a name is resolved once: a second answer is never asked for', async () => {
    const asked: string[] = []
    const resolveHost = async (host: string) => {
      asked.push(host)
      return asked.length === 1 ? ['10.0.0.1'] : ['127.0.0.1']
    }
    expect(await sendAndCount('hooks.example.com', { resolveHost })).toMatchObject({ outcome: REFUSED, connections: 0 })
    expect(asked).toEqual(['hooks.example.com'])
  })

  it('a redirect to a private address leads nowhere', async () => {
    // Where the receiver itself may be private, what it points at still gets nothing.
    const inside = await serveHttp((_, response) => response.end('secret'))
    const { url } = await startReceiver((_, response) => response.writeHead(302, { location: inside.url() }).end())
    expect(await send(url)).toMatchObject({ outcome: 'REFUSED', answer: '' })
    expect(inside.requests).toEqual([])
  })
})

describe('a name', () => {
  it('without an address, or whose resolver fails, is told', async () => {
    const words = "The receiver's name could not be resolved"
    expect(await send('http://x.example.com/', { resolveHost: async () => [] })).toMatchObject({
      error: `${words} (ENODATA).`,
    })
    const resolveHost = () => Promise.reject(Object.assign(new Error('getaddrinfo'), { code: 'ENOTFOUND' }))
    expect(await send('http://x.example.com/', { resolveHost })).toMatchObject({ error: `${words} (ENOTFOUND).` })
  })

  it('is tried at its next address when the first takes no connection', async () => {
    const { url, received } = await startReceiver()
    const named = url.replace('127.0.0.1', 'hooks.example.com')
    expect(await send(named, { resolveHost: async () => ['127.9.9.9', '127.0.0.1'] })).toMatchObject({
      outcome: 'DELIVERED',
    })
    expect(received[0]?.headers['host']).toBe(new URL(named).host)
  })

  it('is looked up beside one other, and no more when its time is over', async () => {
    const asked: string[] = []
    const answers: ((addresses: string[]) => void)[] = []
    const resolveHost = (host: string) => {
      asked.push(host.charAt(0))
      return new Promise<string[]>((resolve) => void answers.push(resolve))
    }
    const sender = createChannelSender({ allowPrivateTargets: true, timeoutMs: SHORT_MS, resolveHost })
    const outcomes = await Promise.all(
      ['a', 'b', 'c', 'd'].map((name) => sendOver(sender, `http://${name}.example.com/`)),
    )
    expect(outcomes.map(({ error }) => error)).toEqual(Array(4).fill('The receiver had not answered after 1.5 s.'))
    expect(asked).toEqual(['a', 'b'])
    const { url } = await startReceiver()
    expect(await sendOver(sender, url)).toMatchObject({ outcome: 'DELIVERED' })
    for (const answer of answers) answer([])
    const next = sendOver(sender, url.replace('127.0.0.1', 'e.example.com'))
    await eventually(() => expect(asked).toEqual(['a', 'b', 'e']))
    answers[2]?.(['127.0.0.1'])
    expect(await next).toMatchObject({ outcome: 'DELIVERED' })
    await sender.close()
  })
})

describe('a sender that closes', () => {
  it('ends what is under way, and sends nothing more', async () => {
    const sender = createChannelSender({ allowPrivateTargets: true })
    let arrived: () => void
    const arrival = new Promise<void>((resolve) => {
      arrived = resolve
    })
    const sending = sendOver(sender, await serveAnswer('', () => arrived()))
    await arrival
    await sender.close()
    const stopped = { outcome: 'STOPPED', httpStatus: null, error: expect.stringContaining('hub was stopped') }
    expect(await sending).toMatchObject(stopped)
    const { url, received } = await startReceiver()
    expect(await sendOver(sender, url)).toMatchObject(stopped)
    expect(received).toEqual([])
  })
})
