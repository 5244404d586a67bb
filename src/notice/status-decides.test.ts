import type { Socket } from 'node:net'
import { describe, expect, it } from 'vitest'
import { serveAnswer } from '../testing/agent/check/loopback.js'
import { openChannel } from './channel/open-channel.js'
import { createWebhookSecret } from './channel/webhook-secret.js'
import { createChannelSender } from './channel-sender.js'

/** Long enough for a busy machine to get to the point that is tested. */
const SHORT_MS = 1_500

async function send(url: string) {
  const sender = createChannelSender({ allowPrivateTargets: true, timeoutMs: SHORT_MS })
  const { render, judge } = openChannel({
    kind: 'WEBHOOK',
    config: { url },
    secret: createWebhookSecret(),
    previousSecret: null,
    previousSecretUntil: null,
  })
  const result = await sender.send(render({ id: 'id-1', payload: '{}', at: 0 }), judge)
  await sender.close()
  return result
}

/** Says headers as fast as the peer takes them. */
function flood(socket: Socket): void {
  const headers = 'X: y\r\n'.repeat(2_000)
  const pour = () => {
    while (socket.writable && socket.write(headers)) {}
  }
  socket.on('drain', pour)
  pour()
}

describe('a status line that was read', () => {
  it.each<[string, string, (socket: Socket) => void]>([
    ['a header of 1 MB', `X: ${'y'.repeat(1_000_000)}\r\n\r\n`, () => {}],
    ['headers without end', '', (socket) => flood(socket)],
    ['half a head', 'X: y', () => {}],
    ['a head that is cut', 'X: y', (socket) => socket.end()],
    ['lengths that contradict each other', 'Content-Length: 1\r\nContent-Length: 2\r\n\r\n', () => {}],
    ['a NUL', 'X: \0\r\n\r\n', () => {}],
    ['rubbish', 'rubbish\n\tX\n\n', (socket) => socket.end()],
  ])('with %s behind it decides', async (_, head, then) => {
    const taken = await serveAnswer(`HTTP/1.1 202 Yes\r\n${head}`, then)
    expect(await send(taken)).toMatchObject({ outcome: 'DELIVERED', httpStatus: 202 })
    const refused = await serveAnswer(`HTTP/1.1 404 No\r\n${head}`, then)
    expect(await send(refused)).toMatchObject({ outcome: 'REFUSED', httpStatus: 404 })
  })
})
