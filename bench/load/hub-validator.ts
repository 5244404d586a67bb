import { generateKeyPairSync, type KeyObject } from 'node:crypto'
import { WebSocket } from 'ws'
import { PROTOCOL_VERSION } from '../../src/protocol/limits.js'
import { signupStatement } from '../../src/protocol/signup-statement.js'
import { encodePublicKey } from '../../src/protocol/text-forms.js'
import type { Hold } from './load-answer.js'
import { createTaskBox, type LoadValidator, type Outcome, type Prepared, type TaskBox } from './load-validator.js'
import { signBatches, signSingles, signText, type Task } from './sign-answers.js'

const TASKS = `subscription Tasks { tasks { callbackId websiteId url roundAt startAfterMs deadlineAt check {
  method timeoutMs statuses redirects keyword keywordMust maxLatencyMs certificateDays ipVersion headers { name value } body } } }`
const CHALLENGE = `mutation ($k: PublicKey!) { createSignupChallenge(input: { publicKey: $k }) { challenge } }`
const SIGNUP = `mutation ($i: SignupInput!) { signup(input: $i) {
  ... on SignupSuccess { sessionToken } ... on Problem { message } } }`
/** Recognises an event of the subscription without parsing it; the hub writes `id` among the first keys. */
const TASKS_ID = 'T'

type SendAnswer = (answer: Answer) => void

interface Answer {
  submitTicks?: { acceptedCount?: number; rejected?: unknown[]; reason?: string }
  submitTick?: { __typename: string; reason?: string }
}

/** Signs up a new key with a hub, opens its socket and subscribes to its tasks. */
export async function openHubValidator(hub: string, hold: Hold): Promise<LoadValidator> {
  const pair = generateKeyPairSync('ed25519')
  const key = pair.privateKey
  const publicKey = encodePublicKey(Buffer.from(pair.publicKey.export({ format: 'der', type: 'spki' }).subarray(12)))
  const token = await signUp(hub, publicKey, key)
  const box = createTaskBox(hold, (event) => readTasks(event).map(({ websiteId }) => websiteId))
  const waiting = new Map<string, SendAnswer>()
  const socket = await openSocket(hub, token, box, waiting)
  const signer = { hub, publicKey, key }
  let prepared: Prepared[] = []
  return {
    hold: (next) => void (box.hold = next),
    taskCount: box.taskCount,
    delivery: box.delivery,
    forget: box.forget,
    sign(batch) {
      const tasks = box.takeKept().flatMap(readTasks)
      prepared = (batch === null ? signSingles(signer, tasks) : signBatches(signer, tasks, batch)).toReversed()
    },
    take: () => prepared.pop(),
    send: (message) =>
      new Promise((resolve) => {
        waiting.set(message.id, (answer) => resolve(outcomeOf(message, answer)))
        socket.send(message.bytes, { binary: false })
      }),
    close() {
      socket.removeAllListeners('close')
      socket.terminate()
    },
  }
}

function openSocket(hub: string, token: string, box: TaskBox, waiting: Map<string, SendAnswer>): Promise<WebSocket> {
  const socket = new WebSocket(`${hub.replace('http', 'ws')}/graphql`, 'graphql-transport-ws', {
    perMessageDeflate: false,
  })
  const init = { type: 'connection_init', payload: { authorization: `Bearer ${token}` } }
  const subscribe = { id: TASKS_ID, type: 'subscribe', payload: { query: TASKS } }
  return new Promise((resolve, reject) => {
    socket.on('error', reject)
    // Nobody would ever be answered over it: the generator ends, and the run with it.
    socket.on('close', (code, reason) => {
      throw new Error(`the hub closed a socket: ${code} ${reason.toString('utf8')}`)
    })
    socket.on('open', () => socket.send(JSON.stringify(init)))
    socket.on('message', (data: Buffer) => {
      if (isTasksEvent(data)) return box.receive(data)
      const message = JSON.parse(data.toString('utf8')) as { type: string; id: string; payload: { data: Answer } }
      if (message.type === 'connection_ack') {
        socket.send(JSON.stringify(subscribe))
        resolve(socket)
      } else if (message.type === 'next' || message.type === 'error') {
        waiting.get(message.id)?.(message.type === 'next' ? message.payload.data : {})
        waiting.delete(message.id)
      } else if (message.type === 'ping') socket.send('{"type":"pong"}')
    })
  })
}

const HEAD_BYTES = 60

function isTasksEvent(data: Buffer): boolean {
  const head = data.toString('latin1', 0, HEAD_BYTES)
  return head.includes('"next"') && head.includes(`"id":"${TASKS_ID}"`)
}

function readTasks(event: Buffer): Task[] {
  return (JSON.parse(event.toString('utf8')) as { payload: { data: { tasks: Task[] } } }).payload.data.tasks
}

function outcomeOf({ ticks }: Prepared, { submitTick, submitTicks }: Answer): Outcome {
  const reason = submitTick?.reason ?? submitTicks?.reason
  if (reason === 'UNAVAILABLE' || reason === 'RATE_LIMITED') return { accepted: 0, refused: 0, retry: true }
  const single = submitTick?.__typename === 'SubmitTickSuccess' ? 1 : 0
  const accepted = submitTicks?.acceptedCount ?? single
  return { accepted, refused: ticks - accepted, retry: false }
}

async function signUp(hub: string, publicKey: string, key: KeyObject): Promise<string> {
  const { createSignupChallenge } = await post<{ createSignupChallenge: { challenge: string } }>(hub, CHALLENGE, {
    k: publicKey,
  })
  const { challenge } = createSignupChallenge
  const signature = signText(key, signupStatement({ hub, validator: publicKey, ip: null, challenge }))
  const input = { publicKey, hub, challenge, signature, protocolVersion: PROTOCOL_VERSION }
  const { signup } = await post<{ signup: { sessionToken: string } }>(hub, SIGNUP, { i: input })
  return signup.sessionToken
}

async function post<Data>(hub: string, query: string, variables: object): Promise<Data> {
  const response = await fetch(`${hub}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query, variables }),
  })
  const { data, errors } = (await response.json()) as { data: Data; errors?: unknown }
  if (errors !== undefined) throw new Error(JSON.stringify(errors))
  return data
}
