import { WebSocket } from 'ws'
import type { Submitted } from './load-answer.js'
import { summarise } from './submit.js'

/** JSON of a small answer's size, parsed and written on both sides. */
export async function echo(url: string, sockets: number, inFlight: number, forMs: number): Promise<Submitted> {
  const open = await Promise.all(Array.from({ length: sockets }, () => openEcho(url)))
  const startedAt = performance.now()
  let answered = 0
  await Promise.all(open.map((socket) => volley(socket, inFlight, startedAt + forMs, () => (answered += 1))))
  const elapsedMs = performance.now() - startedAt
  for (const socket of open) socket.terminate()
  return summarise({ accepted: answered, refused: 0, retried: 0, latenciesMs: [] }, elapsedMs)
}

function openEcho(url: string): Promise<WebSocket> {
  const socket = new WebSocket(url, { perMessageDeflate: false })
  return new Promise((resolve, reject) => {
    socket.once('open', () => resolve(socket))
    socket.once('error', reject)
  })
}

const MESSAGE = { type: 'validate', data: { callbackId: '', status: 'Good', latency: 42, signature: 'x'.repeat(88) } }

function volley(socket: WebSocket, inFlight: number, until: number, count: () => void): Promise<void> {
  let flying = inFlight
  const serve = (callbackId: number) => {
    socket.send(JSON.stringify({ ...MESSAGE, data: { ...MESSAGE.data, callbackId: String(callbackId) } }))
  }
  return new Promise((resolve) => {
    socket.on('message', (data: Buffer) => {
      const { callbackId } = JSON.parse(data.toString('utf8')) as { callbackId: string }
      count()
      if (performance.now() < until) serve(Number(callbackId) + 1)
      else if (--flying === 0) resolve()
    })
    for (let lane = 0; lane < inFlight; lane++) serve(lane * 1_000_000)
  })
}
