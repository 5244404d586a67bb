import { afterAll, beforeAll, expect, inject, it } from 'vitest'
import { EMAIL, PASSWORD, CALLS, startHubWithCalls } from '../testing/api/mutations.js'
import { TRANSPORTS } from '../testing/api/transports.js'
import { createKeyPair, signStatement } from '../protocol/sign-statement.js'
import { openRawSocket } from '../testing/raw-socket.js'
import type { TestHub } from '../testing/test-hub.js'
import { playRound } from '../testing/test-round.js'
import {
  answer,
  createWebsites,
  openTaskSocket,
  signUp,
  statementOf,
  submitBatch,
  submitOne,
  trySignup,
  type TestValidator,
} from '../testing/test-validator.js'
import { createLog } from './create-log.js'

const lines: string[] = []
/** Must never be logged. */
const secrets = new Set<string>()
const TOKENS = /\b(?:ov[cosp]|whsec)_[\w+/=-]+/g

let hub: TestHub
let member: TestValidator
let fieldOf: (name: string) => string
beforeAll(async () => {
  const log = createLog('debug', 'JSON', (line) => lines.push(line))
  ;({ hub, fieldOf } = await startHubWithCalls(inject('template'), { log }))
  await createWebsites(hub, 2)
  member = await signUp(hub)
  for (const secret of [PASSWORD, hub.ownerToken, hub.operatorToken, member.sessionToken]) secrets.add(secret)
  secrets.add(Buffer.from(member.keys.secretKey).toString('base64'))
})
afterAll(() => hub.close())

function expectNoSecret() {
  const all = lines.join('\n')
  for (const secret of secrets) expect(all.includes(secret) ? secret : 'no secret').toBe('no secret')
  expect(all).not.toMatch(TOKENS)
}

/** Every mutation over every transport, by whoever may. */
async function callAll() {
  for (const [name, { as }] of Object.entries(CALLS)) {
    for (const [transport, ask] of Object.entries(TRANSPORTS)) {
      const query = `mutation { ${fieldOf(name)} { __typename ${SECRET_FIELDS[name] ?? ''} } }`
      const token = as === 'operator' ? hub.operatorToken : hub.ownerToken
      const told = await ask(hub, query, as === 'anyone' ? {} : { token })
      expect([transport, told]).toEqual([transport, expect.anything()])
      for (const [secret] of JSON.stringify(told).matchAll(TOKENS)) secrets.add(secret)
    }
  }
}

const SECRET_FIELDS: Readonly<Record<string, string>> = {
  register: '... on RegisterSuccess { token }',
  createLogInLink: '... on CreateLogInLinkSuccess { url }',
  redeemLogInCode: '... on RedeemLogInCodeSuccess { token }',
  logIn: '... on LogInSuccess { token }',
  createApiToken: '... on CreateApiTokenSuccess { token }',
  createWebhook: '... on CreateWebhookSuccess { secret }',
  rotateWebhookSecret: '... on RotateWebhookSecretSuccess { secret }',
  createOwner: '... on CreateOwnerSuccess { token }',
}

async function submitAll() {
  // Ignores the rounds that were begun before.
  const socket = await openTaskSocket(hub, member.sessionToken)
  const [tasks = []] = await playRound(hub, { socket })
  const [first, ...others] = tasks
  if (!first) throw new Error('no task')
  secrets.add(signStatement(member.keys, statementOf(hub, member.keys, first, answer(first))))
  await submitOne(hub, member, first)
  await submitBatch(
    hub,
    member,
    others.map((task) => ({ task })),
  )
  const signature = signStatement(createKeyPair(), 'another statement')
  secrets.add(signature)
  await submitOne(hub, member, first, answer(first), { signature })
  await trySignup(hub, member.keys, { input: { signature } })
}

it('has no secret of any mutation over any transport', async () => {
  await callAll()
  await submitAll()
  expect(secrets.size).toBeGreaterThan(10)
  expect(lines.length).toBeGreaterThan(10)
  expectNoSecret()
})

it('has no secret of what is wrong: variables, documents, headers, URLs and first messages', async () => {
  const secret = 'hunter2 in the wrong place'
  secrets.add(secret)
  const logIn = `mutation ($p: String!) { logIn(input: { email: "${EMAIL}", password: $p }) { __typename } }`
  for (const ask of Object.values(TRANSPORTS)) {
    await ask(hub, logIn, { variables: { p: secret } })
    await ask(hub, logIn, { variables: { p: { password: secret } } })
    await ask(hub, logIn, { variables: { p: [secret, 7] } })
    await ask(hub, `mutation { logIn(input: { email: "${secret}", password: 7 }) { __typename } }`)
    await ask(hub, `mutation { logIn(input: { email: "x", password: "${secret}" `)
  }
  const encoded = encodeURIComponent(secret)
  for (const path of [
    '/graphql?query={__typename}&token=',
    '/export/ticks.csv?token=',
    '/readyz?password=',
    '/?secret=',
  ]) {
    await fetch(hub.url + path + encoded, { redirect: 'manual' })
  }
  for (const authorization of [`Basic ${secret}`, secret, `Bearer ovo_${'x'.repeat(43)}`]) {
    await fetch(`${hub.url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization, cookie: `session=${encoded}` },
      body: JSON.stringify({ query: '{ __typename }' }),
    })
    const raw = await openRawSocket(hub, { headers: { cookie: `session=${encoded}` } })
    raw.send({ type: 'connection_init', payload: { authorization, password: secret } })
    expect(await raw.closed).toMatchObject({ code: 4403 })
  }
  secrets.add(encoded)
  expectNoSecret()
})

it('has no secret of what the database refuses, which it tells with its rows', async () => {
  const { sql } = hub.parts.store
  const refuse = (table: string, rows = 'false') =>
    sql.query(`ALTER TABLE "${table}" ADD CONSTRAINT broken CHECK (${rows}) NOT VALID`)
  for (const table of ['User', 'Website', 'Channel', 'ValidatorSession', 'AuditEntry', 'WebsiteTick', 'Submission'])
    await refuse(table)
  // Existing ones are marked as used.
  await refuse('ApiToken', `"createdAt" <= '${new Date(hub.clock.now()).toISOString()}'`)
  hub.clock.advance(1_000)
  const before = lines.length
  await callAll()
  await submitAll()
  const told = lines.slice(before).map((line) => JSON.parse(line) as { msg: string; errorId?: string })
  const messages = new Set(told.map(({ msg }) => msg))
  expect([...messages]).toEqual(
    expect.arrayContaining(['unexpected error', 'a tick that passed every check could not be stored']),
  )
  expect(told.some(({ errorId }) => errorId !== undefined)).toBe(true)
  // Bytes as PostgreSQL writes them.
  expect(lines.join('\n')).not.toMatch(/\\x[0-9a-f]{32}|Failing row/)
  expectNoSecret()
})
