import { generateKeyPairSync, randomUUID } from 'node:crypto'
import { WebSocket } from 'ws'
import { encodePublicKey } from '../../src/protocol/text-forms.js'
import { replyText, signupText, type FromBaseline, type ToBaseline } from '../baseline/messages.js'
import { createTaskBox, type LoadValidator, type Outcome, type Prepared } from './load-validator.js'
import { signText } from './sign-answers.js'

export async function openBaselineValidator(url: string): Promise<LoadValidator> {
  const { privateKey, publicKey: point } = generateKeyPairSync('ed25519')
  const publicKey = encodePublicKey(Buffer.from(point.export({ format: 'der', type: 'spki' }).subarray(12)))
  const waiting = new Map<string, (outcome: Outcome) => void>()
  const box = createTaskBox('KEEP', () => [])
  const socket = new WebSocket(url, { perMessageDeflate: false })
  await new Promise<void>((resolve, reject) => {
    socket.on('error', reject)
    socket.on('open', () => {
      const callbackId = randomUUID()
      const signedMessage = signText(privateKey, signupText(callbackId, publicKey))
      socket.send(
        JSON.stringify({ type: 'signup', data: { publicKey, callbackId, signedMessage } } satisfies ToBaseline),
      )
    })
    socket.on('message', (bytes: Buffer) => {
      const message = JSON.parse(bytes.toString('utf8')) as FromBaseline
      if (message.type === 'validate') box.receive(bytes)
      else if (message.type === 'signup') resolve()
      else waiting.get(message.data.callbackId)?.({ accepted: 1, refused: 0, retry: false })
    })
  })
  let prepared: Prepared[] = []
  const answer = (event: Buffer): Prepared => {
    const { callbackId } = (JSON.parse(event.toString('utf8')) as { data: { callbackId: string } }).data
    const signedMessage = signText(privateKey, replyText(callbackId))
    const reply: ToBaseline = { type: 'validate', data: { callbackId, status: 'Good', latency: 42_123, signedMessage } }
    return { id: callbackId, ticks: 1, bytes: Buffer.from(JSON.stringify(reply)) }
  }
  return {
    hold: () => undefined,
    taskCount: box.taskCount,
    delivery: box.delivery,
    forget: box.forget,
    sign: () => void (prepared = box.takeKept().map(answer)),
    take: () => prepared.pop(),
    send: (message) =>
      new Promise((resolve) => {
        waiting.set(message.id, (outcome) => {
          waiting.delete(message.id)
          resolve(outcome)
        })
        socket.send(message.bytes, { binary: false })
      }),
    close: () => socket.terminate(),
  }
}
