import { WebSocket } from 'ws'
import { batchStatement } from '../protocol/batch-statement.js'
import { checkHash } from '../protocol/check-statement.js'
import type { Check } from '../protocol/check.js'
import { PROTOCOL_VERSION } from '../protocol/limits.js'
import { createKeyPair, type KeyPair } from '../protocol/sign-statement.js'
import { signupStatement } from '../protocol/signup-statement.js'
import { formatInstant } from '../protocol/text-forms.js'
import { tickStatement } from '../protocol/tick-statement.js'
import type { Measurement } from '../protocol/tick.js'
import { leafHash, treeHash } from '../protocol/tree-hash.js'
import { authenticateValidator } from '../validator/authenticate-validator.js'
import type { TestHub } from './test-hub.js'
import { eventually } from './eventually.js'
import { signStatement } from './sign-fast.js'

/** A task as it comes over the wire. */
export interface WireTask {
  callbackId: string
  websiteId: string
  url: string
  roundAt: string
  startAfterMs: number
  deadlineAt: string
  check: Check
}

const TASK_FIELDS = `callbackId websiteId url roundAt startAfterMs deadlineAt
  check { method timeoutMs statuses redirects keyword keywordMust maxLatencyMs certificateDays ipVersion headers { name value } body }`

/** An answer, ready for `TickInput`. */
export type WireTick = Measurement & { callbackId: string; checkHash: string; leaf?: string }

/** A validator without an agent: it signs as PROTOCOL says and sends exactly what a test wants sent. */
export interface TestValidator {
  keys: KeyPair
  id: string
  sessionToken: string
}

export interface SignupOverrides {
  hub?: string
  challenge?: string
  ip?: string | null
  protocolVersion?: number
  /** Signs another text than the right statement. */
  statement?: string
  /** Signs with another key. */
  signer?: KeyPair
  /** Goes over what is sent, after it is signed. */
  input?: Record<string, unknown>
}

interface SignupAnswer {
  signup: { reason?: string; message?: string; sessionToken?: string; validator?: { id: string } }
}

export async function askForChallenge(hub: TestHub, publicKey: string): Promise<string> {
  const { data } = await hub.post<{ createSignupChallenge: { challenge: string } }>(
    `mutation ($publicKey: PublicKey!) { createSignupChallenge(input: { publicKey: $publicKey }) { challenge } }`,
    { variables: { publicKey } },
  )
  return data?.createSignupChallenge.challenge ?? ''
}

/** Goes through challenge and signup, and hands back what the hub said. */
export async function trySignup(
  hub: TestHub,
  keys: KeyPair,
  overrides: SignupOverrides = {},
): Promise<SignupAnswer['signup']> {
  const challenge = overrides.challenge ?? (await askForChallenge(hub, keys.publicKey))
  const { ip = null, protocolVersion = PROTOCOL_VERSION } = overrides
  const signedFor = overrides.hub ?? hub.url
  const statement = overrides.statement ?? signupStatement({ hub: signedFor, validator: keys.publicKey, ip, challenge })
  const input = {
    publicKey: keys.publicKey,
    hub: signedFor,
    challenge,
    ip,
    protocolVersion,
    signature: signStatement(overrides.signer ?? keys, statement),
    ...overrides.input,
  }
  const { data, errors } = await hub.post<SignupAnswer>(
    `mutation ($input: SignupInput!) { signup(input: $input) {
      ... on SignupSuccess { sessionToken validator { id } } ... on SignupRefused { reason message } } }`,
    { variables: { input } },
  )
  if (!data) throw new Error(JSON.stringify(errors))
  return data.signup
}

export async function signUp(hub: TestHub, keys: KeyPair = createKeyPair()): Promise<TestValidator> {
  const { sessionToken, validator, message } = await trySignup(hub, keys)
  if (sessionToken === undefined || !validator) throw new Error(message)
  return { keys, id: validator.id, sessionToken }
}

/** A raw graphql-transport-ws socket that subscribes to `tasks`. */
export interface TaskSocket {
  socket: WebSocket
  /** The next event's tasks. */
  next(): Promise<WireTask[]>
  /** Resolves with the close code. */
  closed: Promise<number>
  close(): Promise<void>
}

export async function openTaskSocket(hub: TestHub, sessionToken: string): Promise<TaskSocket> {
  const validatorId = (await authenticateValidator(hub.parts, sessionToken))?.validatorId ?? ''
  const before = hub.parts.sessions.find(validatorId)
  const socket = new WebSocket(`${hub.url.replace('http', 'ws')}/graphql`, 'graphql-transport-ws')
  const closed = new Promise<number>((resolve) => socket.on('close', resolve))
  const events: WireTask[][] = []
  const waiting: ((tasks: WireTask[]) => void)[] = []
  await new Promise<void>((resolve, reject) => {
    socket.on('open', () =>
      send(socket, { type: 'connection_init', payload: { authorization: `Bearer ${sessionToken}` } }),
    )
    socket.on('close', (code, reason) => reject(new Error(`closed with ${code} ${String(reason)}`)))
    socket.on('error', reject)
    socket.on('message', (data) => {
      const message = JSON.parse((data as Buffer).toString('utf8')) as {
        type: string
        payload?: { data?: { tasks: WireTask[] } }
      }
      if (message.type === 'connection_ack') {
        send(socket, {
          id: 'tasks',
          type: 'subscribe',
          payload: { query: `subscription { tasks { ${TASK_FIELDS} } }` },
        })
        send(socket, { type: 'ping' })
      } else if (message.type === 'pong') resolve()
      else if (message.type === 'error') reject(new Error(JSON.stringify(message)))
      else if (message.type === 'next' && message.payload?.data) {
        const { tasks } = message.payload.data
        const take = waiting.shift()
        if (take) take(tasks)
        else events.push(tasks)
      }
    })
  })
  // Subscribing has no acknowledgement of its own.
  await eventually(() => {
    const newest = hub.parts.sessions.find(validatorId)
    if (newest === null || newest === before) throw new Error('not subscribed yet')
  })
  return {
    socket,
    next: async () => events.shift() ?? new Promise((resolve) => waiting.push(resolve)),
    closed,
    close: async () => {
      socket.close()
      await closed
    },
  }
}

function send(socket: WebSocket, message: unknown): void {
  socket.send(JSON.stringify(message))
}

const GOOD: Omit<Measurement, 'checkedAt'> = {
  status: 'Good',
  failure: null,
  detail: null,
  httpStatus: 200,
  remoteAddress: '203.0.113.80',
  latencyUs: 42_123,
  dnsUs: 1_200,
  connectUs: 8_000,
  tlsUs: null,
  firstByteUs: 40_001,
  certificateExpiresAt: null,
}

/** An answer to a task, Good unless a test says otherwise. */
export function answer(task: WireTask, measured: Partial<Measurement> = {}): WireTick {
  const checkedAt = formatInstant(Date.parse(task.roundAt) + task.startAfterMs)
  return { ...GOOD, checkedAt, ...measured, callbackId: task.callbackId, checkHash: checkHash(task.check) }
}

/** The statement of an answer, as PROTOCOL §2.3 has it. */
export function statementOf(
  hub: TestHub,
  keys: KeyPair,
  task: WireTask,
  { callbackId, checkHash, leaf, ...measured }: WireTick,
): string {
  void leaf
  return tickStatement({
    ...measured,
    hub: hub.url,
    validator: keys.publicKey,
    callback: callbackId,
    website: task.websiteId,
    url: task.url,
    round: task.roundAt,
    check: checkHash,
  })
}

/** What the hub said to a submission. */
export interface SubmitAnswer {
  __typename: string
  reason?: string
  message?: string
  acceptedCount?: number
  rejected?: { callbackId: string; reason: string; message: string }[]
  tick?: Record<string, unknown>
}

const SUBMIT_TICK = `mutation ($input: SubmitTickInput!) { submitTick(input: $input) { __typename
  ... on TickRejected { reason message }
  ... on SubmitTickSuccess { tick { status latencyUs websiteId validator { id pendingPayouts } } } } }`
const SUBMIT_TICKS = `mutation ($input: SubmitTicksInput!) { submitTicks(input: $input) { __typename
  ... on TicksRejected { reason message }
  ... on SubmitTicksSuccess { acceptedCount rejected { callbackId reason message } } } }`

/** Signs one answer and sends it; `overrides` change what is sent after it is signed. */
export async function submitOne(
  hub: TestHub,
  { keys }: Pick<TestValidator, 'keys'>,
  task: WireTask,
  tick: WireTick = answer(task),
  overrides: Record<string, unknown> = {},
): Promise<SubmitAnswer> {
  const signature = signStatement(keys, statementOf(hub, keys, task, tick))
  const input = { publicKey: keys.publicKey, hub: hub.url, tick, signature, ...overrides }
  const { data, errors } = await hub.post<{ submitTick: SubmitAnswer }>(SUBMIT_TICK, { variables: { input } })
  if (!data) throw new Error(JSON.stringify(errors))
  return data.submitTick
}

/** Signs answers together and sends them; `change` may spoil what is sent after it is signed. */
export async function submitBatch(
  hub: TestHub,
  { keys }: Pick<TestValidator, 'keys'>,
  answers: readonly { task: WireTask; tick?: WireTick }[],
  overrides: Record<string, unknown> & { change?: (ticks: WireTick[]) => void } = {},
): Promise<SubmitAnswer> {
  const { change, ...others } = overrides
  const ticks = answers.map(({ task, tick = answer(task) }) => ({
    ...tick,
    leaf: leafHash(statementOf(hub, keys, task, tick)).toString('hex'),
  }))
  const root = treeHash(ticks.map(({ leaf }) => Buffer.from(leaf, 'hex'))).toString('hex')
  const statement = batchStatement({ hub: hub.url, validator: keys.publicKey, count: ticks.length, root })
  change?.(ticks)
  const input = { publicKey: keys.publicKey, hub: hub.url, ticks, signature: signStatement(keys, statement), ...others }
  const { data, errors } = await hub.post<{ submitTicks: SubmitAnswer }>(SUBMIT_TICKS, { variables: { input } })
  if (!data) throw new Error(JSON.stringify(errors))
  return data.submitTicks
}

/** Registers websites for the hub's first owner and resolves with their IDs. */
export async function createWebsites(hub: TestHub, count: number): Promise<string[]> {
  const ids: string[] = []
  for (let index = 0; index < count; index++) {
    const { data } = await hub.post<{ createWebsite: { website: { id: string } } }>(
      `mutation ($name: String!, $url: String!) { createWebsite(input: { name: $name, url: $url }) {
        ... on CreateWebsiteSuccess { website { id } } } }`,
      { token: hub.ownerToken, variables: { name: `site ${index}`, url: `http://127.0.0.1:9/${index}` } },
    )
    ids.push(data?.createWebsite.website.id ?? '')
  }
  return ids
}
