import { OPERATOR } from '../../graph/actor.js'
import { createApiToken } from '../../owner/create-api-token.js'
import { createOwner } from '../../owner/create-owner.js'
import { DEFAULT_CHECK } from '../../protocol/check.js'
import { startTestHub, type TestHub } from '../test-hub.js'
import { WIDE_RATES } from '../unlimited-rates.js'
import { playRound, type TestMember } from '../test-round.js'
import type { TestTemplate } from '../test-template.js'
import { claim } from '../abstention/claim.js'
import { answer, openTaskSocket, signUp, submitBatch, submitOne, type WireTask } from '../test-validator.js'
import { addThings, missingThings, type Things } from './access-things.js'
import { showEverything } from '../ownership/proving.js'
import { addTestToken, ownerActor } from '../owner/parts.js'
import { eventually } from '../eventually.js'

export type Whose = "A's" | "B's" | 'missing'

export const PASSWORD = 'correct horse battery'
/** Cheap, for nobody guesses at it here. */
const NO_LIMITS = { depth: 1e6, aliases: 1e6, directives: 1e6, cost: 1e12, mutations: 1e6 }

export interface AccessWorld {
  hub: TestHub
  member: TestMember
  users: Record<"A's" | "B's", string>
  /** By identity. */
  tokens: Record<string, string | undefined>
  things: Record<Whose, Things>
}

/** A hub in which two owners have something of everything: rounds were played, incidents opened, closed and reopened. */
export async function openAccessWorld(template: TestTemplate): Promise<AccessWorld> {
  const hub: TestHub = await startTestHub(template, {
    overrides: { createDnsResolver: showEverything(() => hub) },
    settings: {
      registration: 'open',
      documentLimits: NO_LIMITS,
      documentTokensMax: 1e6,
      hostBudget: 1e6,
      rates: { ...WIDE_RATES, ANONYMOUS_COST: 1e100, ACCOUNT_COST: 1e100 },
    },
  })
  const a = await addOwner(hub, 'mark-a@example.com')
  const b = await addOwner(hub, 'mark-b@example.com')
  const readOnly = await createApiToken(hub.parts, ownerActor(a.userId), { name: 'mark-a reader', readOnly: true })
  const member = await joinAsSomebody(hub)
  if (readOnly.kind === 'refused') throw new Error(readOnly.message)
  const users = { "A's": a.userId, "B's": b.userId }
  const tokens = {
    anonymous: undefined,
    'owner A': a.token,
    'owner B': b.token,
    'read-only A': readOnly.token,
    validator: member.sessionToken,
    operator: hub.operatorToken,
  }
  const websites = { "A's": await addWebsite(hub, a.token, 'mark-a'), "B's": await addWebsite(hub, b.token, 'mark-b') }
  await playRounds(hub, member)
  const things = {
    "A's": await addThings(hub, a.userId, 'mark-a', websites["A's"]),
    "B's": await addThings(hub, b.userId, 'mark-b', websites["B's"]),
    missing: missingThings(),
  }
  for (const token of [a.token, b.token]) await writeToIncident(hub, token)
  await denyOne(hub, users)
  return { hub, member, users, tokens, things }
}

async function addOwner(hub: TestHub, email: string): Promise<{ userId: string; token: string }> {
  const outcome = await createOwner(hub.parts, OPERATOR, { email, password: null })
  if (outcome.kind === 'refused') throw new Error(outcome.message)
  const userId = outcome.user.id
  const { token } = await addTestToken(hub.parts, userId, `${email} program`)
  return { userId, token }
}

async function addWebsite(hub: TestHub, token: string, mark: string): Promise<string> {
  const input = {
    name: mark,
    tags: [mark],
    url: `https://127.0.0.1:9/${mark}`,
    badToOpen: 1,
    goodToClose: 1,
    check: {
      method: 'POST',
      headers: [{ name: 'x-mark', value: mark }],
      body: mark,
      keyword: mark,
      keywordMust: 'PRESENT',
      maxLatencyMs: 1000,
      certificateDays: 3,
    },
  }
  const { data } = await hub.post<{ createWebsite: { website: { id: string } } }>(
    `mutation ($input: CreateWebsiteInput!) { createWebsite(input: $input) { ... on CreateWebsiteSuccess { website { id } } } }`,
    { token, variables: { input } },
  )
  return data?.createWebsite.website.id ?? ''
}

/** A validator that says all it can of itself. */
async function joinAsSomebody(hub: TestHub): Promise<TestMember> {
  const validator = await signUp(hub)
  const declared = { label: 'v', region: 'r', agentVersion: 'a/1' }
  await hub.parts.store.prisma.validator.update({ where: { id: validator.id }, data: declared })
  return { ...validator, socket: await openTaskSocket(hub, validator.sessionToken) }
}

/** Nobody knows, then down, up and down again, so that an incident has all that its timeline can have; then one more round that stays open. */
async function playRounds(hub: TestHub, member: TestMember): Promise<void> {
  const measured = {
    failure: 'TLS',
    status: 'Bad',
    detail: 'EXPIRED',
    certificateExpiresAt: '2026-11-21T00:00:00.000Z',
    tlsUs: 9,
  }
  for (const status of [null, 'Bad', 'Good', 'Bad'] as const) {
    const [tasks = []] = await playRound(hub, member)
    const [first] = tasks
    if (status === null) {
      await claimAll(hub, member, tasks)
    } else {
      const tickOf = (task: WireTask) => answer(task, status === 'Bad' ? (measured as never) : {})
      const { acceptedCount } = await submitBatch(
        hub,
        member,
        tasks.map((task) => ({ task, tick: tickOf(task) })),
      )
      if (acceptedCount !== 2) throw new Error('the answers were not accepted')
      // A second answer to the same task: what the validator is told it was refused for.
      if (first) await submitOne(hub, member, first, { ...tickOf(first), latencyUs: 1 })
    }
    const roundAt = new Date(first?.roundAt ?? 0)
    hub.clock.advance(50_000)
    await eventually(async () => {
      const round = await hub.parts.store.prisma.round.findUniqueOrThrow({ where: { roundAt } })
      if (!round.closedAt) throw new Error('not closed yet')
    })
  }
}

async function claimAll(hub: TestHub, member: TestMember, tasks: readonly WireTask[]): Promise<void> {
  const { taken } = await claim(hub, member, tasks)
  if (taken !== tasks.length) throw new Error('the claims were not taken')
}

/** Each owner has one website more, whose host the operator denies. */
async function denyOne({ parts, clock }: TestHub, users: AccessWorld['users']): Promise<void> {
  const { prisma } = parts.store
  const createdAt = new Date(clock.now())
  for (const userId of Object.values(users)) {
    const checks = { create: { revision: 1, settings: { ...DEFAULT_CHECK, headers: [] } } }
    await prisma.website.create({ data: { userId, name: 'denied', url: 'https://denied.example/', createdAt, checks } })
  }
  await prisma.deniedHost.create({ data: { host: 'denied.example', reason: 'Asked for.', createdAt } })
}

async function writeToIncident(hub: TestHub, token: string): Promise<void> {
  const { data } = await hub.post<{ incidents: { edges: { node: { id: string } }[] } }>(
    '{ incidents(last: 1) { edges { node { id } } } }',
    { token },
  )
  const id = data?.incidents.edges[0]?.node.id
  const { errors } = await hub.post(
    `mutation ($id: ID!) { acknowledgeIncident(id: $id) { __typename } addIncidentNote(input: { id: $id, note: "seen" }) { __typename } }`,
    { token, variables: { id } },
  )
  if (errors) throw new Error(JSON.stringify(errors))
}
