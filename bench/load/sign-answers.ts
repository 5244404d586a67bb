import { sign, type KeyObject } from 'node:crypto'
import { batchStatement } from '../../src/protocol/batch-statement.js'
import { checkHash } from '../../src/protocol/check-statement.js'
import type { Check } from '../../src/protocol/check.js'
import { tickStatement } from '../../src/protocol/tick-statement.js'
import { leafHash, treeHash } from '../../src/protocol/tree-hash.js'
import type { Prepared } from './load-validator.js'

export interface Task {
  callbackId: string
  websiteId: string
  url: string
  roundAt: string
  check: Check
}

export interface Signer {
  hub: string
  publicKey: string
  key: KeyObject
}

const SUBMIT_TICKS = `mutation SubmitTicks($input: SubmitTicksInput!) { submitTicks(input: $input) { __typename
  ... on SubmitTicksSuccess { acceptedCount rejected { callbackId reason } } ... on TicksRejected { reason message } } }`
const SUBMIT_TICK = `mutation SubmitTick($input: SubmitTickInput!) { submitTick(input: $input) { __typename
  ... on TickRejected { reason message } } }`

/** A Good answer with every figure of an https check: the widest row that is common. */
const MEASURED = {
  status: 'Good' as const,
  failure: null,
  detail: null,
  httpStatus: 200,
  remoteAddress: '203.0.113.80',
  latencyUs: 42_123,
  dnsUs: 1_200,
  connectUs: 8_000,
  tlsUs: 11_000,
  firstByteUs: 40_001,
  certificateExpiresAt: '2027-01-31T23:59:59.000Z',
}

export function signText(key: KeyObject, text: string): string {
  return sign(null, Buffer.from(text), key).toString('base64')
}

/** One message and one signature for each task. */
export function signSingles(signer: Signer, tasks: readonly Task[]): Prepared[] {
  const { publicKey, hub, key } = signer
  return tasks.map((task) => {
    const { statement, tick } = answerOf(signer, task)
    const input = { publicKey, hub, tick, signature: signText(key, statement) }
    return messageOf(`1/${task.callbackId}`, SUBMIT_TICK, input, 1)
  })
}

/** One message and one signature for each `size` tasks. */
export function signBatches(signer: Signer, tasks: readonly Task[], size: number): Prepared[] {
  const { publicKey, hub, key } = signer
  const messages: Prepared[] = []
  for (let first = 0; first < tasks.length; first += size) {
    const answers = tasks.slice(first, first + size).map((task) => answerOf(signer, task))
    const leaves = answers.map(({ statement }) => leafHash(statement))
    const root = treeHash(leaves).toString('hex')
    const ticks = answers.map(({ tick }, index) => ({ ...tick, leaf: leaves[index]?.toString('hex') }))
    const signature = signText(key, batchStatement({ hub, validator: publicKey, count: ticks.length, root }))
    const id = `b/${tasks[first]?.callbackId}`
    messages.push(messageOf(id, SUBMIT_TICKS, { publicKey, hub, ticks, signature }, ticks.length))
  }
  return messages
}

const checkHashes = new Map<string, string>()

function answerOf({ hub, publicKey }: Signer, task: Task) {
  const checkText = JSON.stringify(task.check)
  const hash = checkHashes.get(checkText) ?? checkHash(task.check)
  checkHashes.set(checkText, hash)
  const measured = { ...MEASURED, checkedAt: task.roundAt }
  const statement = tickStatement({
    ...measured,
    hub,
    validator: publicKey,
    callback: task.callbackId,
    website: task.websiteId,
    url: task.url,
    round: task.roundAt,
    check: hash,
  })
  return { statement, tick: { ...measured, callbackId: task.callbackId, checkHash: hash } }
}

/** Kept as bytes, outside the generator's heap. */
function messageOf(id: string, query: string, input: object, ticks: number): Prepared {
  const text = JSON.stringify({ id, type: 'subscribe', payload: { query, variables: { input } } })
  return { id, ticks, bytes: Buffer.from(text) }
}
