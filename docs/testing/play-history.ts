import { startTestHub, type TestHub } from '../../src/testing/test-hub.js'
import { joinHub, type TestMember } from '../../src/testing/test-round.js'
import type { TestTemplate } from '../../src/testing/test-template.js'
import { answer, submitBatch, type WireTask } from '../../src/testing/test-validator.js'
import { eventually } from '../../src/testing/eventually.js'
import { MINUTE_MS } from '../../src/time.js'

export const WEBSITES = 10
/** Which of them is changed, and how: disabled and enabled, asked less often, deleted, registered in between. */
export const CHANGED = { paused: 6, rare: 7, deleted: 8, late: 9 } as const
/** A minute apart. */
export const ROUNDS = 25
export const VALIDATORS = 5

/** A hub after rounds of all kinds, which validators have answered with their signatures. */
export interface PlayedHistory {
  hub: TestHub
  /** IDs in the order of registration. */
  websites: readonly string[]
  /** The instant of a round by its number, as texts spell it. */
  roundText(round: number): string
  close(): Promise<void>
}

/** What a validator says of a website in a round; null is nothing. */
type Script = (round: number, validator: number, website: number) => 'Good' | 'Bad' | null

/** By the rounds' numbers from 1 on; where nothing is said, all is well. */
const SCRIPT: Script = (round, validator, website) => {
  // What is deleted is not exported, and its balances could not be counted again.
  if (website === CHANGED.deleted) return null
  // Its own line is down: it says Bad of everything.
  if (round === 2 && validator === 4) return 'Bad'
  if (round === 3 && website === 0) return 'Bad'
  // The first network does not agree with itself, and the others not with each other.
  if (round === 4 && website === 0) return validator === 0 || validator === 2 ? 'Good' : 'Bad'
  // Three are silent, so that no verdict comes about.
  if (round === 5 && validator > 1) return null
  if (round === 6) return null
  if (round === 9 && website < 2) return 'Bad'
  if (round === 24 && website === 0) return validator === 3 ? null : 'Bad'
  return 'Good'
}

/** Plays the rounds on a hub of its own. */
export async function playHistory(template: TestTemplate): Promise<PlayedHistory> {
  const hub = await startTestHub(template)
  const websites = await createWebsites(hub)
  const beginAt = hub.clock.now()
  const members: TestMember[] = []
  for (let index = 0; index < VALIDATORS; index++) members.push(await joinHub(hub))
  const world = { hub, websites, beginAt }
  await addMaintenance(world, 1, 9)
  for (let round = 1; round <= ROUNDS; round++) {
    // One goes for good: what is needed for a verdict does not shrink with it at once.
    if (round === 8) await members[4]?.socket.close()
    await play(world, round, round < 8 ? members : members.slice(0, 4))
  }
  return {
    hub,
    websites,
    roundText: (round) => new Date(beginAt + round * MINUTE_MS).toISOString(),
    async close() {
      for (const { socket } of members) await socket.close()
      await hub.close()
    },
  }
}

interface World {
  hub: TestHub
  websites: string[]
  /** Unix milliseconds. */
  beginAt: number
}

/** On hosts of their own: a network that calls several hosts down is suspected itself. */
async function createWebsites(hub: TestHub): Promise<string[]> {
  const ids: string[] = []
  for (let index = 0; index < CHANGED.late; index++) ids.push(await createWebsite(hub, index))
  return ids
}

async function createWebsite(hub: TestHub, index: number): Promise<string> {
  const { data } = await hub.post<{ createWebsite: { website: { id: string } } }>(
    `mutation ($url: String!) { createWebsite(input: { name: "site", url: $url }) {
      ... on CreateWebsiteSuccess { website { id } } } }`,
    { token: hub.ownerToken, variables: { url: `https://site${index}.example.com/` } },
  )
  return data?.createWebsite.website.id ?? ''
}

/** What the owner does while a round is open, and after it is closed. */
const CHANGES: Record<number, { open?: OwnersChange; closed?: OwnersChange }> = {
  10: { open: ({ websites, hub }) => update(hub, websites[CHANGED.paused], { enabled: false }) },
  12: { closed: ({ websites, hub }) => update(hub, websites[CHANGED.rare], { everyRounds: 3 }) },
  13: { closed: ({ websites, hub }) => update(hub, websites[CHANGED.paused], { enabled: true }) },
  15: { closed: async ({ websites, hub }) => void websites.push(await createWebsite(hub, CHANGED.late)) },
  18: {
    open: async ({ websites, hub }) => {
      const variables = { id: websites[CHANGED.deleted] }
      const source = 'mutation ($id: ID!) { deleteWebsite(id: $id) { __typename } }'
      expectSuccess(await hub.post(source, { token: hub.ownerToken, variables }), 'deleteWebsite')
    },
  },
  20: { open: ({ websites, hub }) => update(hub, websites[CHANGED.rare], { everyRounds: 2 }) },
}

type OwnersChange = (world: World) => Promise<void>

async function update(hub: TestHub, id: string | undefined, change: object): Promise<void> {
  const variables = { input: { id, ...change } }
  const source = 'mutation ($input: UpdateWebsiteInput!) { updateWebsite(input: $input) { __typename } }'
  expectSuccess(await hub.post(source, { token: hub.ownerToken, variables }), 'updateWebsite')
}

function expectSuccess({ data, errors }: { data?: object | null; errors?: unknown }, mutation: string): void {
  const { __typename: outcome } = (data as Record<string, { __typename: string }> | null)?.[mutation] ?? {}
  if (!outcome?.endsWith('Success')) throw new Error(`${mutation}: ${outcome} ${JSON.stringify(errors)}`)
}

async function addMaintenance({ hub, websites, beginAt }: World, website: number, round: number): Promise<void> {
  const wallClock = (instant: number) => new Date(instant).toISOString().slice(0, 16)
  const roundAt = beginAt + round * MINUTE_MS
  await hub.parts.store.prisma.maintenanceWindow.create({
    data: {
      websiteId: websites[website] ?? '',
      name: 'works',
      kind: 'ONE_OFF',
      timeZone: 'UTC',
      startsAt: wallClock(roundAt),
      endsAt: wallClock(roundAt + MINUTE_MS),
      weekdays: [],
      createdAt: new Date(beginAt),
    },
  })
}

async function play(world: World, round: number, present: readonly TestMember[]): Promise<void> {
  const { hub, beginAt } = world
  const roundAt = beginAt + round * MINUTE_MS
  hub.clock.moveTo(roundAt)
  await hub.startRound(roundAt)
  const tasks = await Promise.all(present.map(({ socket }) => socket.next()))
  await shareNetworks(hub)
  for (const [validator, member] of present.entries()) {
    const answers = (tasks[validator] ?? []).flatMap((task) => answerTo(world, round, validator, task))
    if (answers.length === 0) continue
    const outcome = await submitBatch(hub, member, answers)
    if (outcome.rejected?.length !== 0) throw new Error(JSON.stringify(outcome))
  }
  hub.clock.advance(5_000)
  await CHANGES[round]?.open?.(world)
  hub.clock.advance(45_000)
  const isClosed = async () => {
    if ((await hub.parts.lastClosedRound())?.roundAt.getTime() !== roundAt) throw new Error('not closed yet')
  }
  await eventually(isClosed)
  hub.clock.advance(2_500)
  await CHANGES[round]?.closed?.(world)
}

/** Everybody comes from this machine, where each key counts by itself: the first two become neighbours. */
async function shareNetworks({ parts: { store } }: TestHub): Promise<void> {
  await store.sql.query(`UPDATE "RoundRoster" SET networks[1] = '192.0.2.0/24', networks[2] = '192.0.2.0/24'
    WHERE "roundAt" = (SELECT max("roundAt") FROM "Round")`)
}

function answerTo({ websites }: World, round: number, validator: number, task: WireTask) {
  const website = websites.indexOf(task.websiteId)
  const status = SCRIPT(round, validator, website)
  if (status === null) return []
  const latencyUs = 10_000 * (validator + 1) + round
  if (status === 'Good') return [{ task, tick: answer(task, { latencyUs }) }]
  const failure = validator % 2 === 0 ? ('CONNECT' as const) : ('TIMEOUT' as const)
  const nothing = { httpStatus: null, remoteAddress: null, connectUs: null, firstByteUs: null }
  return [{ task, tick: answer(task, { ...nothing, status, failure, latencyUs: null, detail: 'ECONNREFUSED' }) }]
}
