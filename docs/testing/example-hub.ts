import { ownerActor } from '../../src/testing/owner/parts.js'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { DAY_MS } from '../../src/time.js'
import { systemClock, type MachineClock } from '../../src/clock.js'
import { createMaintenanceWindow } from '../../src/maintenance/create-maintenance-window.js'
import { issueLogInLink } from '../../src/owner/issue-log-in-link.js'
import { ownershipToken } from '../../src/ownership/ownership-token.js'
import { createManualClock } from '../../src/testing/manual-clock.js'
import { startTestHub, type TestHub } from '../../src/testing/test-hub.js'
import type { TestTemplate } from '../../src/testing/test-template.js'
import { answer, openTaskSocket, signUp, submitBatch, submitOne } from '../../src/testing/test-validator.js'

export type Caller = 'anyone' | 'owner' | 'session' | 'operator' | 'validator'

/** A hub on which the documents' examples run: with websites, ticks of two rounds, and everybody's token. */
export interface ExampleHub {
  hub: TestHub
  /** Address of a website that is always Good. */
  site: string
  tokens: Record<Exclude<Caller, 'anyone'>, string>
  /** What stands for `<website id>` and the like in variables. */
  placeholders: Record<string, string>
  close(): Promise<void>
}

const PAST_MS = 10 * 60_000
const ROUND_MS = 60_000
/** Some days, for in another zone it may be tomorrow already. */
const DAYS_TO_COME_MS = 3 * 86_400_000

export async function startExampleHub(template: TestTemplate): Promise<ExampleHub> {
  const manual = createManualClock(Date.now() - PAST_MS)
  let current: MachineClock = manual
  const clock: MachineClock = {
    now: () => current.now(),
    elapsedMs: () => current.elapsedMs(),
    at: (instant, task) => current.at(instant, task),
  }
  const hub = await startTestHub(template, {
    clock: manual,
    overrides: { clock },
    settings: { registration: 'open', roundSpreadMs: 0 },
  })
  const site = createServer((request, response) => {
    const isToken = request.url === '/.well-known/overlaps-site-verification.txt'
    void (isToken ? ownersToken(hub) : Promise.resolve('hello\n')).then((text) => response.end(text))
  })
  await new Promise<void>((resolve) => site.listen(0, '127.0.0.1', resolve))
  const close = async () => {
    site.closeAllConnections()
    await new Promise((resolve) => site.close(resolve))
    await hub.close()
  }
  const address = `localhost:${(site.address() as AddressInfo).port}`
  const website = await createWebsite(hub, `http://${address}/`)
  const another = await createWebsite(hub, `http://${address}/other`)
  const validator = await signUp(hub)
  const tasks = await openTaskSocket(hub, validator.sessionToken)
  for (let round = 0; round < 2; round++) {
    await hub.startRound(manual.now())
    const given = await tasks.next()
    await submitBatch(
      hub,
      validator,
      given.map((task) => ({ task, tick: answer(task) })),
    )
    // Once it says something else afterwards.
    if (round === 0 && given[0]) await submitOne(hub, validator, given[0], answer(given[0], { latencyUs: 1 }))
    manual.advance(ROUND_MS)
  }
  await tasks.close()
  // Two rounds that are Good would end the incident, were they closed after it is made.
  await hub.parts.closer.closeDue()
  const incident = await addIncident(hub, website)
  const webhook = await createWebhook(hub, `http://${address}/hook`)
  const window = await createWindow(hub, website)
  // From here on programs with clocks of their own take part.
  current = systemClock
  await addWrongClock(hub)
  const { session, apiToken } = await openOwnersThings(hub)
  return {
    hub,
    site: address,
    tokens: { owner: hub.ownerToken, session, operator: hub.operatorToken, validator: validator.sessionToken },
    placeholders: {
      'log-in code': await makeLogInCode(hub),
      'website id': website,
      'another website id': another,
      'API token id': apiToken,
      'validator id': validator.id,
      'incident id': incident,
      'channel id': webhook,
      'maintenance window id': window,
      'a day to come': new Date(Date.now() + DAYS_TO_COME_MS).toISOString().slice(0, 10),
    },
    close,
  }
}

async function makeLogInCode({ parts }: TestHub): Promise<string> {
  const { prisma } = parts.store
  const { id: userId } = await prisma.user.findFirstOrThrow({ orderBy: { id: 'asc' } })
  const { url } = await issueLogInLink(prisma, parts.settings, { userId, now: Date.now() })
  return url.split('=').at(-1) ?? ''
}

/** What a clock that was ahead has left behind. */
async function addWrongClock({ parts }: TestHub): Promise<void> {
  const { prisma } = parts.store
  const now = new Date()
  await prisma.clockJump.create({ data: { noticedAt: now, lastClosedAt: now } })
  const roundAt = new Date(now.getTime() + DAY_MS)
  await prisma.round.create({ data: { roundAt, deadlineAt: roundAt, intervalMs: 60_000, keyId: parts.keys.newest.id } })
}

/** The first owner's, for the host that the site is at. */
async function ownersToken({ parts }: TestHub): Promise<string> {
  const owner = await parts.store.prisma.user.findFirstOrThrow({ orderBy: { id: 'asc' } })
  return ownershipToken(owner.id, 'localhost')
}

async function createWebsite(hub: TestHub, url: string): Promise<string> {
  const { data } = await hub.post<{ createWebsite: { website: { id: string } } }>(
    `mutation ($url: String!) { createWebsite(input: { name: "Local", url: $url }) {
      ... on CreateWebsiteSuccess { website { id } } } }`,
    { token: hub.ownerToken, variables: { url } },
  )
  return data?.createWebsite.website.id ?? ''
}

async function createWebhook(hub: TestHub, url: string): Promise<string> {
  const { data } = await hub.post<{ createWebhook: { webhook: { id: string } } }>(
    `mutation ($url: String!) { createWebhook(input: { url: $url }) { ... on CreateWebhookSuccess { webhook { id } } } }`,
    { token: hub.ownerToken, variables: { url } },
  )
  return data?.createWebhook.webhook.id ?? ''
}

async function createWindow(hub: TestHub, websiteId: string): Promise<string> {
  const { userId } = await hub.parts.store.prisma.website.findUniqueOrThrow({ where: { id: websiteId } })
  const created = await createMaintenanceWindow(hub.parts, ownerActor(userId), {
    websiteId,
    name: 'Old',
    timeZone: 'UTC',
    times: { weekly: { weekdays: [1], startTime: '04:00', endTime: '04:01' } },
  })
  if (created.kind !== 'created') throw new Error(created.message)
  return created.window.id
}

/** An open incident, without the rounds that would have opened it. */
async function addIncident({ parts, clock }: TestHub, websiteId: string): Promise<string> {
  const { prisma } = parts.store
  const { no: websiteNo } = await prisma.website.findUniqueOrThrow({ where: { id: websiteId } })
  const { no: validatorNo } = await prisma.validator.findFirstOrThrow()
  const at = new Date(clock.now())
  const sightings = { seen: `${validatorNo} CONNECT -`, left: 0 }
  const opened = { at, kind: 'OPENED', roundAt: at, failure: 'CONNECT', sightings } as const
  const { id } = await prisma.incident.create({
    data: { websiteNo, startedAt: at, openedAt: at, failure: 'CONNECT', events: { create: opened } },
  })
  await prisma.websiteRun.create({
    data: { websiteNo, status: 'Bad', length: 2, startedAt: at, openIncidentId: id },
  })
  return id
}

/** A log-in session, whose password the examples know, and an API token to revoke. */
async function openOwnersThings(hub: TestHub): Promise<{ session: string; apiToken: string }> {
  const registered = await hub.post<{ register: { token: string } }>(
    `mutation { register(input: { email: "session@example.com", password: "correct horse battery" }) { ... on RegisterSuccess { token } } }`,
  )
  const created = await hub.post<{ createApiToken: { apiToken: { id: string } } }>(
    `mutation { createApiToken(input: { name: "old" }) { ... on CreateApiTokenSuccess { apiToken { id } } } }`,
    { token: hub.ownerToken },
  )
  return {
    session: registered.data?.register.token ?? '',
    apiToken: created.data?.createApiToken.apiToken.id ?? '',
  }
}
