import type { HubOverrides } from '../../hub/start-hub.js'
import { issueLogInLink } from '../../owner/issue-log-in-link.js'
import { startTestHub, type TestHub } from '../test-hub.js'
import type { TestTemplate } from '../test-template.js'
import { createWebsites, signUp } from '../test-validator.js'
import { addProvableWebsite, showEverything } from '../ownership/proving.js'

export const PASSWORD = 'correct horse battery'
export const EMAIL = 'ada@example.com'

interface Call {
  as: 'owner' | 'operator' | 'anyone' | 'session'
  /** With its arguments. */
  field: string
  /** What its entry is about. */
  kind: string
  detail?: string
}

/** Every mutation that leaves an entry, so that it does, in an order in which each finds what it needs. `<…>` are ids. */
export const CALLS: Readonly<Record<string, Call>> = {
  register: { as: 'anyone', field: `register(input: { email: "${EMAIL}", password: "${PASSWORD}" })`, kind: 'User' },
  logIn: { as: 'anyone', field: `logIn(input: { email: "${EMAIL}", password: "${PASSWORD}" })`, kind: 'User' },
  createLogInLink: { as: 'operator', field: `createLogInLink(input: { email: "${EMAIL}" })`, kind: 'User' },
  redeemLogInCode: { as: 'anyone', field: 'redeemLogInCode(input: { code: "<code>" })', kind: 'User' },
  changePassword: {
    as: 'session',
    field: `changePassword(input: { currentPassword: "${PASSWORD}", newPassword: "another ${PASSWORD}" })`,
    kind: 'User',
  },
  logOut: { as: 'session', field: 'logOut', kind: 'ApiToken' },
  createApiToken: {
    as: 'owner',
    field: 'createApiToken(input: { name: "secret name", readOnly: true })',
    kind: 'ApiToken',
    detail: 'readOnly: true',
  },
  createWebsite: {
    as: 'owner',
    field: 'createWebsite(input: { name: "s", url: "http://127.0.0.1:9/s" })',
    kind: 'Website',
    detail: 'enabled: true',
  },
  createWebsites: {
    as: 'owner',
    field: 'createWebsites(input: { websites: [{ name: "t", url: "http://127.0.0.1:9/t" }] })',
    kind: 'Website',
    detail: 'enabled: true',
  },
  updateWebsite: {
    as: 'owner',
    field: `updateWebsite(input: { id: "<website>", name: "secret name", enabled: false })`,
    kind: 'Website',
    detail: 'enabled: false, name',
  },
  verifyOwnership: {
    as: 'owner',
    field: 'verifyOwnership(input: { websiteId: "<provable>", method: DNS })',
    kind: 'Website',
  },
  updateWebsites: {
    as: 'owner',
    field: 'updateWebsites(input: { ids: ["<provable>"], addTags: ["secret tag"], enabled: false })',
    kind: 'Website',
    detail: 'addTags, enabled: false',
  },
  deleteWebsites: { as: 'owner', field: 'deleteWebsites(input: { ids: ["<provable>"] })', kind: 'Website' },
  createMaintenanceWindow: {
    as: 'owner',
    field: `createMaintenanceWindow(input: { websiteId: "<website>", name: "w", timeZone: "UTC", times: { weekly: { weekdays: [1], startTime: "03:00", endTime: "04:00" } } })`,
    kind: 'MaintenanceWindow',
  },
  updateMaintenanceWindow: {
    as: 'owner',
    field: `updateMaintenanceWindow(input: { id: "<window>", name: "secret name", timeZone: "Europe/Berlin" })`,
    kind: 'MaintenanceWindow',
    detail: 'name, timeZone',
  },
  deleteMaintenanceWindow: {
    as: 'owner',
    field: `deleteMaintenanceWindow(id: "<window>")`,
    kind: 'MaintenanceWindow',
  },
  createWebhook: { as: 'owner', field: 'createWebhook(input: { url: "http://127.0.0.1:9/" })', kind: 'Webhook' },
  testChannel: { as: 'owner', field: `testChannel(id: "<channel>")`, kind: 'Webhook' },
  updateWebhook: {
    as: 'owner',
    field: `updateWebhook(input: { id: "<channel>", enabled: false })`,
    kind: 'Webhook',
    detail: 'enabled: false',
  },
  rotateWebhookSecret: { as: 'owner', field: `rotateWebhookSecret(input: { id: "<channel>" })`, kind: 'Webhook' },
  deleteChannel: { as: 'owner', field: `deleteChannel(id: "<channel>")`, kind: 'Webhook' },
  acknowledgeIncident: { as: 'owner', field: `acknowledgeIncident(id: "<incident>")`, kind: 'Incident' },
  addIncidentNote: {
    as: 'owner',
    field: `addIncidentNote(input: { id: "<incident>", note: "secret note" })`,
    kind: 'Incident',
  },
  revokeApiToken: { as: 'owner', field: `revokeApiToken(id: "<token>")`, kind: 'ApiToken' },
  deleteWebsite: { as: 'owner', field: `deleteWebsite(id: "<website>")`, kind: 'Website' },
  createOwner: { as: 'operator', field: 'createOwner(input: { email: "new@example.com" })', kind: 'User' },
  revokeOwnerTokens: { as: 'operator', field: `revokeOwnerTokens(input: { email: "${EMAIL}" })`, kind: 'User' },
  setValidatorBan: {
    as: 'operator',
    field: `setValidatorBan(input: { id: "<validator>", banned: true })`,
    kind: 'Validator',
    detail: 'banned: true',
  },
  setValidatorSuspension: {
    as: 'operator',
    field: `setValidatorSuspension(input: { id: "<validator>", suspended: true })`,
    kind: 'Validator',
    detail: 'suspended: true',
  },
  denyHost: {
    as: 'operator',
    field: `denyHost(input: { host: "denied.example", reason: "secret reason" })`,
    kind: 'DeniedHost',
  },
  allowHost: { as: 'operator', field: `allowHost(input: { host: "denied.example" })`, kind: 'DeniedHost' },
  trustClock: { as: 'operator', field: 'trustClock', kind: 'Clock' },
  dropFutureRounds: {
    as: 'operator',
    field: 'dropFutureRounds',
    kind: 'Round',
    detail: 'dropped: 1, kept: 0',
  },
  startRound: { as: 'operator', field: 'startRound', kind: 'Round' },
}

/** A hub with something of everything that mutations change. */
export async function startHubWithCalls(
  template: TestTemplate,
  overrides: Partial<HubOverrides> = {},
): Promise<{ hub: TestHub; fieldOf(name: string): string }> {
  const hub: TestHub = await startTestHub(template, {
    settings: { registration: 'open' },
    overrides: { createDnsResolver: showEverything(() => hub), ...overrides },
  })
  const { prisma } = hub.parts.store
  const { id: userId } = await prisma.user.findFirstOrThrow()
  const [website = ''] = await createWebsites(hub, 1)
  const { no: websiteNo } = await prisma.website.findUniqueOrThrow({ where: { id: website } })
  const at = new Date(hub.clock.now())
  const channel = await prisma.channel.create({
    data: { userId, kind: 'WEBHOOK', config: { url: 'http://127.0.0.1:9/' }, secret: Buffer.alloc(32), createdAt: at },
  })
  const window = await prisma.maintenanceWindow.create({
    data: {
      websiteId: website,
      name: 'w',
      kind: 'WEEKLY',
      timeZone: 'UTC',
      weekdays: [1],
      startTime: '01:00',
      endTime: '02:00',
      createdAt: at,
    },
  })
  await prisma.clockJump.create({ data: { noticedAt: at, lastClosedAt: at } })
  const roundAt = new Date(hub.clock.now() + 3_600_000)
  await prisma.round.create({
    data: { roundAt, deadlineAt: roundAt, intervalMs: 60_000, keyId: hub.parts.keys.newest.id },
  })
  const incident = await prisma.incident.create({ data: { websiteNo, startedAt: at, openedAt: at } })
  const { id: token } = await prisma.apiToken.create({
    data: { userId, kind: 'API', name: 'one', hash: Buffer.alloc(32), createdAt: at },
  })
  const { url } = await issueLogInLink(prisma, hub.parts.settings, { userId, now: at.getTime() })
  const ids = {
    code: url.split('=').at(-1) ?? '',
    website,
    provable: await addProvableWebsite(hub, website),
    channel: channel.id,
    window: window.id,
    incident: incident.id,
    token,
    validator: (await signUp(hub)).id,
  }
  const fieldOf = (name: string) =>
    (CALLS[name]?.field ?? name).replaceAll(/<(\w+)>/g, (_all, thing: keyof typeof ids) => ids[thing])
  return { hub, fieldOf }
}
