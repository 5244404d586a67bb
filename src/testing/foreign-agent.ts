import { createHash, generateKeyPairSync, sign, type KeyObject } from 'node:crypto'
import { WebSocket } from 'ws'

interface Task {
  callbackId: string
  websiteId: string
  url: string
  roundAt: string
  startAfterMs: number
  deadlineAt: string
  check: {
    method: string
    timeoutMs: number
    statuses: string
    redirects: number
    keyword: string | null
    keywordMust: string | null
    maxLatencyMs: number | null
    certificateDays: number | null
    ipVersion: 'ANY' | 'V4' | 'V6'
    headers: { name: string; value: string }[]
    body: string | null
  }
}

const sha256 = (...parts: (string | Buffer)[]) => {
  const hash = createHash('sha256')
  for (const part of parts) hash.update(part)
  return hash.digest()
}

function base58(bytes: Buffer): string {
  const alphabet = '123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz'
  let text = ''
  for (let rest = BigInt(`0x${bytes.toString('hex')}`); rest > 0n; rest /= 58n)
    text = alphabet[Number(rest % 58n)] + text
  return '1'.repeat(bytes.findIndex((byte) => byte !== 0)) + text
}

/** RFC 6962 §2.1, from the top as it stands there. */
function treeHash(leaves: Buffer[]): Buffer {
  const [only] = leaves
  if (only && leaves.length === 1) return only
  let k = 1
  while (k * 2 < leaves.length) k *= 2
  return sha256(Buffer.of(1), treeHash(leaves.slice(0, k)), treeHash(leaves.slice(k)))
}

const lines = (kind: string, values: [string, string | number | null][]) =>
  `${kind}\n${values.map(([name, value]) => `${name} ${value ?? '-'}\n`).join('')}`

const checkStatement = (check: Task['check']) =>
  lines('overlaps-check-v2', [
    ['method', check.method],
    ['timeout-ms', check.timeoutMs],
    ['statuses', check.statuses],
    ['redirects', check.redirects],
    ['keyword', check.keyword === null ? null : Buffer.from(check.keyword).toString('base64url')],
    ['keyword-must', check.keywordMust],
    ['max-latency-ms', check.maxLatencyMs],
    ['certificate-days', check.certificateDays],
    ['ip-version', { ANY: 'ANY', V4: '4', V6: '6' }[check.ipVersion]],
    [
      'headers',
      check.headers.length === 0
        ? null
        : sha256(check.headers.map(({ name, value }) => `${name.toLowerCase()}: ${value}\n`).join('')).toString('hex'),
    ],
    ['body', check.body === null ? null : sha256(check.body).toString('hex')],
  ])

/** An agent as a stranger writes it from PROTOCOL.md and channel.graphql: nothing here comes from src/protocol. */
export class ForeignAgent {
  readonly #hub: string
  readonly #key: KeyObject
  readonly publicKey: string
  #socket: WebSocket | null = null
  readonly #waiting = new Map<string, (payload: Record<string, unknown>) => void>()
  readonly tasks: Task[] = []
  #wake: () => void = () => undefined

  constructor(hub: string) {
    const { privateKey, publicKey } = generateKeyPairSync('ed25519')
    this.#hub = hub
    this.#key = privateKey
    this.publicKey = base58(Buffer.from(publicKey.export({ format: 'jwk' }).x ?? '', 'base64url'))
  }

  async connect(token?: string): Promise<void> {
    const socket = new WebSocket(`${this.#hub.replace('http', 'ws')}/graphql`, 'graphql-transport-ws')
    this.#socket = socket
    await new Promise<void>((resolve, reject) => {
      const payload = token === undefined ? {} : { authorization: `Bearer ${token}` }
      socket.once('open', () => socket.send(JSON.stringify({ type: 'connection_init', payload })))
      socket.once('close', (code, reason) => reject(new Error(`${code} ${String(reason)}`)))
      socket.on('message', (data) => {
        const { type, id, payload } = JSON.parse((data as Buffer).toString()) as {
          type: string
          id: string
          payload: { data: Record<string, unknown> }
        }
        if (type === 'connection_ack') resolve()
        else if (type === 'next' && id === 'tasks') {
          this.tasks.push(...(payload.data['tasks'] as Task[]))
          this.#wake()
        } else if (type === 'next') this.#waiting.get(id)?.(payload.data)
        else if (type === 'error') reject(new Error(JSON.stringify(payload)))
      })
    })
  }

  run(query: string, variables: object): Promise<Record<string, unknown>> {
    const id = String(this.#waiting.size)
    return new Promise((resolve) => {
      this.#waiting.set(id, resolve)
      this.#socket?.send(JSON.stringify({ id, type: 'subscribe', payload: { query, variables } }))
    })
  }

  follow(): void {
    const query = `subscription { tasks { callbackId websiteId url roundAt startAfterMs deadlineAt check { method timeoutMs
      statuses redirects keyword keywordMust maxLatencyMs certificateDays ipVersion headers { name value } body } } }`
    this.#socket?.send(JSON.stringify({ id: 'tasks', type: 'subscribe', payload: { query } }))
  }

  async untilTasks(count: number): Promise<void> {
    while (this.tasks.length < count) {
      await new Promise<void>((resolve) => {
        this.#wake = resolve
      })
    }
  }

  close(): void {
    this.#socket?.close()
  }

  #sign(statement: string): string {
    return sign(null, Buffer.from(statement), this.#key).toString('base64')
  }

  async signUp(): Promise<{ validator: { id: string }; sessionToken: string }> {
    const made = await this.run(
      `mutation ($input: CreateSignupChallengeInput!) { createSignupChallenge(input: $input) { challenge expiresAt } }`,
      { input: { publicKey: this.publicKey } },
    )
    const { challenge } = made['createSignupChallenge'] as { challenge: string }
    const statement = lines('overlaps-signup-v1', [
      ['hub', this.#hub],
      ['validator', this.publicKey],
      ['ip', '192.0.2.7'],
      ['challenge', challenge],
    ])
    const input = {
      publicKey: this.publicKey,
      hub: this.#hub,
      challenge,
      ip: '192.0.2.7',
      protocolVersion: 2,
      signature: this.#sign(statement),
    }
    const { signup } = await this.run(
      `mutation ($input: SignupInput!) { signup(input: $input) { __typename
        ... on SignupSuccess { validator { id publicKey } sessionToken expiresAt }
        ... on SignupRefused { reason message } ... on Problem { message } } }`,
      { input },
    )
    return signup as { validator: { id: string }; sessionToken: string }
  }

  /** A tick's fields and its statement. */
  measure(task: Task, failure: string | null) {
    const tick = {
      callbackId: task.callbackId,
      checkedAt: new Date(Date.parse(task.roundAt) + task.startAfterMs).toISOString(),
      checkHash: sha256(checkStatement(task.check)).toString('hex'),
      status: failure === null ? 'Good' : 'Bad',
      failure,
      detail: failure === null ? null : 'ECONNREFUSED',
      httpStatus: failure === null ? 204 : null,
      remoteAddress: '2001:db8::53',
      latencyUs: failure === null ? 81_234 : null,
      dnsUs: 0,
      connectUs: 3_000,
      tlsUs: null,
      firstByteUs: failure === null ? 70_000 : null,
      certificateExpiresAt: failure === null ? '2027-02-28T00:00:00.000Z' : null,
    }
    const statement = lines('overlaps-tick-v1', [
      ['hub', this.#hub],
      ['validator', this.publicKey],
      ['callback', task.callbackId],
      ['website', task.websiteId],
      ['url', task.url],
      ['round', task.roundAt],
      ['check', tick.checkHash],
      ['checked', tick.checkedAt],
      ['status', tick.status],
      ['failure', tick.failure],
      ['detail', tick.detail],
      ['http-status', tick.httpStatus],
      ['remote', tick.remoteAddress],
      ['latency-us', tick.latencyUs],
      ['dns-us', tick.dnsUs],
      ['connect-us', tick.connectUs],
      ['tls-us', tick.tlsUs],
      ['first-byte-us', tick.firstByteUs],
      ['certificate-expires', tick.certificateExpiresAt],
    ])
    return { tick, statement }
  }

  async submitOne({ tick, statement }: ReturnType<ForeignAgent['measure']>) {
    const input = { publicKey: this.publicKey, hub: this.#hub, tick, signature: this.#sign(statement) }
    const { submitTick } = await this.run(
      `mutation ($input: SubmitTickInput!) { submitTick(input: $input) { __typename
        ... on SubmitTickSuccess { tick { status failure latencyUs validator { pendingPayouts } } }
        ... on TickRejected { reason message } } }`,
      { input },
    )
    return submitTick
  }

  async submitBatch(answers: ReturnType<ForeignAgent['measure']>[]) {
    const leaves = answers.map(({ statement }) => sha256(Buffer.of(0), statement))
    const ticks = answers.map(({ tick }, index) => ({ ...tick, leaf: leaves[index]?.toString('hex') }))
    const statement = lines('overlaps-ticks-v1', [
      ['hub', this.#hub],
      ['validator', this.publicKey],
      ['count', ticks.length],
      ['root', treeHash(leaves).toString('hex')],
    ])
    const input = { publicKey: this.publicKey, hub: this.#hub, ticks, signature: this.#sign(statement) }
    const { submitTicks } = await this.run(
      `mutation ($input: SubmitTicksInput!) { submitTicks(input: $input) { __typename
        ... on SubmitTicksSuccess { acceptedCount rejected { callbackId reason message } }
        ... on TicksRejected { reason message } } }`,
      { input },
    )
    return submitTicks
  }
}
