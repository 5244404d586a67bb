// The smallest validator that keeps to docs/protocol.md: node docs/minimal-validator.mjs http://localhost:8081
// To be read, and run against a hub of your own. It prints every message, answers only tasks with the default check,
// keeps its key in memory, does not reconnect, counts no redirects and does not look where a URL leads: §4 says more.
import { generateKeyPairSync, sign } from 'node:crypto'
import { WebSocket } from 'ws'

const hub = new URL(process.argv[2] ?? 'http://localhost:8081').origin
/** Hash of the check statement with every default (PROTOCOL §2.2); `vectors.json` has it. */
const DEFAULT_CHECK = '903ae90b323c0b70b003e841d81f988e23896092f25146448c17f71d6aba85ad'
const DEFAULTS = '["GET",10000,"200-299",5,null,null,null,null,"ANY",[],null]'

const { publicKey: key, privateKey } = generateKeyPairSync('ed25519')
const publicKey = base58(key.export({ format: 'der', type: 'spki' }).subarray(-32))
const signed = (statement) => sign(null, Buffer.from(statement), privateKey).toString('base64')
/** Lines `name value`, each ended by a line feed; what is absent is `-`. */
const statementOf = (kind, fields) =>
  `${kind}\n${Object.entries(fields)
    .map(([name, value]) => `${name} ${value ?? '-'}\n`)
    .join('')}`

async function post(query, input) {
  const body = JSON.stringify({ query, variables: { input } })
  const response = await fetch(`${hub}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body,
  })
  return (await response.json()).data
}

async function signUp() {
  const { createSignupChallenge } = await post(
    'mutation ($input: CreateSignupChallengeInput!) { createSignupChallenge(input: $input) { challenge } }',
    { publicKey },
  )
  const { challenge } = createSignupChallenge
  const statement = statementOf('overlaps-signup-v1', { hub, validator: publicKey, ip: null, challenge })
  const { signup } = await post(
    `mutation ($input: SignupInput!) { signup(input: $input) {
       ... on SignupSuccess { sessionToken validator { id } } ... on SignupRefused { reason message } } }`,
    { publicKey, hub, challenge, signature: signed(statement), protocolVersion: 2, agentVersion: 'minimal/1' },
  )
  if (signup.reason) throw new Error(`${signup.reason}: ${signup.message}`)
  return signup.sessionToken
}

const FAILURES = { ENOTFOUND: 'DNS', ECONNREFUSED: 'CONNECT', ECONNRESET: 'CONNECT', EHOSTUNREACH: 'CONNECT' }

/** What a check found, in the statement's order (PROTOCOL §2.3). */
async function check(url) {
  const checked = new Date().toISOString()
  const start = performance.now()
  try {
    const response = await fetch(url, {
      signal: AbortSignal.timeout(10_000),
      headers: { 'accept-encoding': 'identity' },
    })
    await response.arrayBuffer()
    const good = response.ok
    const latency = Math.round((performance.now() - start) * 1000)
    return {
      checked,
      status: good ? 'Good' : 'Bad',
      failure: good ? null : 'STATUS',
      httpStatus: response.status,
      latency,
    }
  } catch (error) {
    const failure = error.name === 'TimeoutError' ? 'TIMEOUT' : FAILURES[error.cause?.code]
    // What it cannot name it does not answer: nothing is made up.
    return failure === undefined ? null : { checked, status: 'Bad', failure }
  }
}

function answer(task, found) {
  const statement = statementOf('overlaps-tick-v1', {
    hub,
    validator: publicKey,
    callback: task.callbackId,
    website: task.websiteId,
    url: task.url,
    round: task.roundAt,
    check: DEFAULT_CHECK,
    checked: found.checked,
    status: found.status,
    failure: found.failure,
    detail: null,
    'http-status': found.httpStatus,
    remote: null,
    'latency-us': found.latency,
    'dns-us': null,
    'connect-us': null,
    'tls-us': null,
    'first-byte-us': null,
    'certificate-expires': null,
  })
  const tick = {
    callbackId: task.callbackId,
    checkedAt: found.checked,
    checkHash: DEFAULT_CHECK,
    status: found.status,
    failure: found.failure,
    httpStatus: found.httpStatus,
    latencyUs: found.latency,
  }
  return { publicKey, hub, tick, signature: signed(statement) }
}

function base58(bytes) {
  let number = BigInt(`0x${bytes.toString('hex')}`)
  let text = ''
  for (; number > 0n; number /= 58n) {
    text = '123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz'[Number(number % 58n)] + text
  }
  return '1'.repeat(bytes.findIndex((byte) => byte !== 0)) + text
}

const TASKS = `subscription { tasks { callbackId websiteId url roundAt startAfterMs deadlineAt check {
  method timeoutMs statuses redirects keyword keywordMust maxLatencyMs certificateDays ipVersion headers { name } body } } }`
const SUBMIT = `mutation ($input: SubmitTickInput!) { submitTick(input: $input) {
  ... on SubmitTickSuccess { tick { id } } ... on TickRejected { reason message } } }`

async function checkAndSubmit(task) {
  const found = await check(task.url)
  if (found === null) return
  const variables = { input: answer(task, found) }
  send({ id: task.callbackId, type: 'subscribe', payload: { query: SUBMIT, variables } })
}

const token = await signUp()
const socket = new WebSocket(`${hub.replace('http', 'ws')}/graphql`, 'graphql-transport-ws')
const send = (message) => {
  process.stdout.write(`> ${JSON.stringify(message)}\n`)
  socket.send(JSON.stringify(message))
}
socket.on('open', () =>
  send({ type: 'connection_init', payload: { authorization: `Bearer ${token}`, protocolVersion: 2 } }),
)
socket.on('close', (code, reason) => process.stdout.write(`closed with ${code} ${String(reason)}\n`))
socket.on('message', (data) => {
  const text = new TextDecoder().decode(data)
  process.stdout.write(`< ${text}\n`)
  const message = JSON.parse(text)
  if (message.type === 'connection_ack') send({ id: 'tasks', type: 'subscribe', payload: { query: TASKS } })
  if (message.type === 'ping') send({ type: 'pong' })
  for (const task of message.payload?.data?.tasks ?? []) {
    if (JSON.stringify(Object.values(task.check)) !== DEFAULTS) continue
    const begin = Date.parse(task.roundAt) + task.startAfterMs
    setTimeout(() => void checkAndSubmit(task), begin - Date.now())
  }
})
