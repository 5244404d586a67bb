import { HOUR_MS } from '../../time.js'
import { randomInt, randomUUID } from 'node:crypto'
import { createKeyPair, signStatement } from '../../protocol/sign-statement.js'
import { issueLogInLink } from '../../owner/issue-log-in-link.js'
import { PROTOCOL_VERSION } from '../../protocol/limits.js'
import { signupStatement } from '../../protocol/signup-statement.js'
import { leafHash, treeHash } from '../../protocol/tree-hash.js'
import { batchStatement } from '../../protocol/batch-statement.js'
import { answer, askForChallenge, statementOf, type WireTask } from '../test-validator.js'
import { PASSWORD, type AccessWorld } from './access-fixture.js'
import type { Things } from './access-things.js'
import { addProvableWebsite } from '../ownership/proving.js'

type MakeArguments = (world: AccessWorld, things: Things) => string | Promise<string>

/** Root fields about one thing, with what names it. They are asked for A's, B's and one that is not there. */
export const ABOUT_A_THING: Readonly<Record<string, MakeArguments>> = {
  website: (_world, { website }) => `(id: "${website}")`,
  node: (_world, { channel }) => `(id: "${channel}")`,
  nodes: (_world, { website, channel, window, incident, token }) =>
    `(ids: ["${website}", "${channel}", "${window}", "${incident}", "${token}"])`,
  incident: (_world, { incident }) => `(id: "${incident}")`,
  channel: (_world, { channel }) => `(id: "${channel}")`,
  updateWebsite: (_world, { website }) => `(input: { id: "${website}", enabled: true })`,
  deleteWebsite: (_world, { website }) => `(id: "${website}")`,
  updateWebsites: (_world, { website }) => `(input: { ids: ["${website}"], enabled: true })`,
  deleteWebsites: (_world, { website }) => `(input: { ids: ["${website}"] })`,
  verifyOwnership: async ({ hub }, { website }) =>
    `(input: { websiteId: "${await addProvableWebsite(hub, website)}", method: DNS })`,
  createMaintenanceWindow: (_world, { website }) =>
    `(input: { websiteId: "${website}", name: "x", timeZone: "UTC", times: { weekly: { weekdays: [2], startTime: "03:00", endTime: "04:00" } } })`,
  updateMaintenanceWindow: (_world, { window }) => `(input: { id: "${window}", name: "x" })`,
  deleteMaintenanceWindow: (_world, { window }) => `(id: "${window}")`,
  createWebhook: (_world, { website }) => `(input: { url: "http://127.0.0.1:9/", websiteId: "${website}" })`,
  updateWebhook: (_world, { channel }) => `(input: { id: "${channel}", enabled: true })`,
  rotateWebhookSecret: (_world, { channel }) => `(input: { id: "${channel}" })`,
  testChannel: (_world, { channel }) => `(id: "${channel}")`,
  deleteChannel: (_world, { channel }) => `(id: "${channel}")`,
  acknowledgeIncident: (_world, { incident }) => `(id: "${incident}")`,
  addIncidentNote: (_world, { incident }) => `(input: { id: "${incident}", note: "x" })`,
  revokeApiToken: (_world, { token }) => `(id: "${token}")`,
}

/** Root fields about nobody's thing, as far as they need arguments. */
export const ABOUT_NOTHING: Readonly<Record<string, MakeArguments>> = {
  register: () => `(input: { email: "${randomUUID()}@example.com", password: "${PASSWORD}" })`,
  logIn: async (world) => {
    const email = `${randomUUID()}@example.com`
    await world.hub.post(`mutation { register(input: { email: "${email}", password: "${PASSWORD}" }) { __typename } }`)
    return `(input: { email: "${email}", password: "${PASSWORD}" })`
  },
  createLogInLink: () => '(input: { email: "owner@localhost" })',
  redeemLogInCode: async ({ hub }) => {
    const { prisma } = hub.parts.store
    const { id: userId } = await prisma.user.create({ data: { email: `${randomUUID()}@example.com` } })
    const { url } = await issueLogInLink(prisma, hub.parts.settings, { userId, now: hub.clock.now() })
    return `(input: { code: "${url.split('=').at(-1)}" })`
  },
  changePassword: () => `(input: { newPassword: "${PASSWORD}" })`,
  createApiToken: () => '(input: { name: "x" })',
  createOwner: () => `(input: { email: "${randomUUID()}@example.com" })`,
  revokeOwnerTokens: async (world) => {
    const email = `${randomUUID()}@example.com`
    await world.hub.post(`mutation { register(input: { email: "${email}", password: "${PASSWORD}" }) { __typename } }`)
    return `(input: { email: "${email}" })`
  },
  createWebsite: () => `(input: { name: "x", url: "http://127.0.0.1:9/${randomUUID()}" })`,
  createWebsites: () => `(input: { websites: [{ name: "x", url: "http://127.0.0.1:9/${randomUUID()}" }] })`,
  trustClock: async ({ hub }) => {
    const noticedAt = new Date(hub.clock.now() - randomInt(HOUR_MS))
    await hub.parts.store.prisma.clockJump.create({ data: { noticedAt, lastClosedAt: noticedAt } })
    return ''
  },
  dropFutureRounds: async ({ hub }) => {
    const roundAt = new Date(hub.clock.now() + HOUR_MS + randomInt(HOUR_MS))
    const keyId = hub.parts.keys.newest.id
    await hub.parts.store.prisma.round.create({ data: { roundAt, deadlineAt: roundAt, intervalMs: HOUR_MS, keyId } })
    return ''
  },
  setValidatorBan: (_world, { validator }) => `(input: { id: "${validator}", banned: true })`,
  setValidatorSuspension: (_world, { validator }) => `(input: { id: "${validator}", suspended: true })`,
  denyHost: () => `(input: { host: "${randomUUID()}.example", reason: "x" })`,
  allowHost: async ({ hub }) => {
    const host = `${randomUUID()}.example`
    await hub.parts.store.prisma.deniedHost.create({ data: { host, reason: 'x', createdAt: new Date() } })
    return `(input: { host: "${host}" })`
  },
  startRound: ({ hub }) => `(input: { roundAt: "${new Date(hub.clock.now() + 1000).toISOString()}" })`,
  schedule: async ({ hub }) => {
    const roundAt = new Date(hub.clock.now())
    const row = {
      intervalMs: HOUR_MS,
      keyId: hub.parts.keys.newest.id,
      deadlineAt: new Date(roundAt.getTime() + HOUR_MS),
    }
    await hub.parts.store.prisma.round.createMany({ data: [{ ...row, roundAt }], skipDuplicates: true })
    return ''
  },
  createSignupChallenge: () => `(input: { publicKey: "${createKeyPair().publicKey}" })`,
  signup: async ({ hub }) => {
    const keys = createKeyPair()
    const challenge = await askForChallenge(hub, keys.publicKey)
    const statement = signupStatement({ hub: hub.url, validator: keys.publicKey, ip: null, challenge })
    return `(input: { publicKey: "${keys.publicKey}", hub: "${hub.url}", challenge: "${challenge}", signature: "${signStatement(keys, statement)}", protocolVersion: ${PROTOCOL_VERSION} })`
  },
  abstain: () => `(input: { callbackIds: ["${openTasks[0]?.callbackId}", "none"], reason: STALLED })`,
  submitTick: (world) => submitOneOf(world),
  submitTicks: (world) => submitSomeOf(world),
}

/** Tasks that wait to be answered; each is answered once. */
export const openTasks: WireTask[] = []

function takeTask(): WireTask {
  const task = openTasks.shift()
  if (!task) throw new Error('all tasks are answered: begin with more websites')
  return task
}

function submitOneOf({ hub, member: { keys } }: AccessWorld): string {
  const task = takeTask()
  const tick = answer(task)
  const signature = signStatement(keys, statementOf(hub, keys, task, tick))
  return `(input: { publicKey: "${keys.publicKey}", hub: "${hub.url}", signature: "${signature}", tick: ${literal(tick)} })`
}

/** One that is good, and one whose callback ID nobody has given out. */
function submitSomeOf({ hub, member: { keys } }: AccessWorld): string {
  const task = takeTask()
  const ticks = [answer(task), answer({ ...task, callbackId: `x${task.callbackId.slice(1)}` })].map((tick) => ({
    ...tick,
    leaf: leafHash(statementOf(hub, keys, task, tick)).toString('hex'),
  }))
  const root = treeHash(ticks.map(({ leaf }) => Buffer.from(leaf, 'hex'))).toString('hex')
  const statement = batchStatement({ hub: hub.url, validator: keys.publicKey, count: ticks.length, root })
  return `(input: { publicKey: "${keys.publicKey}", hub: "${hub.url}", signature: "${signStatement(keys, statement)}", ticks: [${ticks.map(literal).join(', ')}] })`
}

/** An object as GraphQL writes it; the values of enums go without quotes. */
function literal(value: object): string {
  const fields = Object.entries(value).map(([name, one]) =>
    name === 'status' || name === 'failure' ? `${name}: ${String(one)}` : `${name}: ${JSON.stringify(one)}`,
  )
  return `{ ${fields.join(', ')} }`
}
