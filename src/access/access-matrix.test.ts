import { readFile, writeFile } from 'node:fs/promises'
import { isObjectType } from 'graphql'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { playRound } from '../testing/test-round.js'
import { hubSchema } from '../hub/schema.js'
import { ABOUT_A_THING, ABOUT_NOTHING, openTasks } from '../testing/access/access-calls.js'
import { openAccessWorld, type AccessWorld, type Whose } from '../testing/access/access-fixture.js'
import { AccessMatrix, IDENTITIES, type Identity } from '../testing/access/access-matrix.js'
import { readEvents } from '../testing/access/access-stream.js'
import { addThings, missingThings } from '../testing/access/access-things.js'
import { readAnswer, selectAll } from '../testing/access/access-walk.js'
import { eventually } from '../testing/eventually.js'

/** For people to read. OVERLAPS_WRITE_ACCESS_MATRIX=1 writes it again: review the diff. */
const FILE = 'src/access/access-matrix.txt'
const WHOSE: readonly Whose[] = ["A's", "B's", 'missing']
/** Tasks are for one identity and submission each. */
const SPARE_WEBSITES = 2 * IDENTITIES.length
/**
 * Fields that never show here. A refused answer names its sender; API tokens are not logged out; a day has no status.
 */
const NEVER_SHOWN = /Refused\.|^TicksRejected\.|^TickRejected\.|^LogOutSuccess\.|^HistoryPoint\.status$/

const schema = hubSchema()
const matrix = new AccessMatrix()
let world: AccessWorld

beforeAll(async () => {
  world = await openAccessWorld(inject('template'))
}, 120_000)
afterAll(async () => {
  await world.member.socket.close()
  await world.hub.close()
})

/** Whoever signs an answer had the task, and gets back the statement that they have signed. */
const OWN_WORDS = new Set(['submitTick', 'submitTicks'])

/** Texts that only somebody else can have written: no answer may contain any, in whatever field. */
function findLeaks(identity: Identity, text: string, what: string): string[] {
  if (OWN_WORDS.has(what)) return []
  const marks = { 'owner A': ['mark-b'], 'read-only A': ['mark-b'], 'owner B': ['mark-a'], operator: [] }
  const forbidden = identity in marks ? marks[identity as keyof typeof marks] : ['mark-a', 'mark-b']
  return forbidden.filter((mark) => text.includes(mark)).map((mark) => `${identity} sees ${mark} by ${what}`)
}

async function ask(
  identity: Identity,
  whose: Whose | 'any',
  operation: string,
  { name, args }: { name: string; args: string },
): Promise<string[]> {
  const root = operation === 'query' ? schema.getQueryType() : schema.getMutationType()
  if (!root) throw new Error('no root')
  const token = world.tokens[identity]
  const answer = await world.hub.post(
    `${operation} { ${selectAll(schema, root, name, args)} }`,
    token === undefined ? {} : { token },
  )
  matrix.add(identity, whose, readAnswer(answer, `${root.name}__${name}`))
  return findLeaks(identity, JSON.stringify(answer), name)
}

/** Of their own, so that no mutation takes what another needs. */
async function thingsOf(whose: Whose, operation: string) {
  if (operation === 'query') return world.things[whose]
  if (whose === 'missing') return missingThings()
  return addThings(world.hub, world.users[whose], whose === "A's" ? 'mark-a' : 'mark-b')
}

/** Asks as everybody, about everybody's things. Resolves with what somebody should not have seen. */
async function askEverybody(operation: 'query' | 'mutation', name: string): Promise<string[]> {
  const aboutAThing = ABOUT_A_THING[name]
  const leaks: string[] = []
  for (const identity of IDENTITIES) {
    if (!aboutAThing) {
      const args = (await ABOUT_NOTHING[name]?.(world, await thingsOf("A's", operation))) ?? ''
      leaks.push(...(await ask(identity, 'any', operation, { name, args })))
      continue
    }
    for (const whose of WHOSE) {
      const args = await aboutAThing(world, await thingsOf(whose, operation))
      leaks.push(...(await ask(identity, whose, operation, { name, args })))
    }
  }
  return leaks
}

/** Follows while both owners' websites change. Resolves with what should not have been seen. */
async function followChanges(identity: Identity, name: 'websiteChanged' | 'incidentChanged'): Promise<string[]> {
  const root = schema.getSubscriptionType()
  if (!root) throw new Error('no root')
  const stream = await readEvents(world, identity, `subscription { ${selectAll(schema, root, name, '')} }`)
  const first = await stream.next()
  matrix.add(identity, 'any', readAnswer(first, `Subscription__${name}`))
  if (first.data) {
    // Both change; if another's change were sent, it would arrive before one's own.
    const order = identity === 'owner B' ? (["A's", "B's"] as const) : (["B's", "A's"] as const)
    for (const whose of order) tellChange(name, whose)
    await stream.nextOf(name === 'websiteChanged' ? '"UPDATED"' : '"CHANGED"')
  }
  await stream.close()
  return findLeaks(identity, stream.text(), name)
}

const fieldsOf = (type: { getFields(): object } | null | undefined) => Object.keys(type?.getFields() ?? {})

describe('who sees and does what', () => {
  it.each(fieldsOf(schema.getQueryType()))(
    'query %s',
    async (name) => expect(await askEverybody('query', name)).toEqual([]),
    60_000,
  )

  it.each(['websiteChanged', 'incidentChanged'] as const)(
    'subscription %s, of which each owner hears of their own only',
    async (name) => {
      const leaks: string[] = []
      for (const identity of IDENTITIES) leaks.push(...(await followChanges(identity, name)))
      expect(leaks).toEqual([])
    },
    60_000,
  )

  it('tasks, which only validators get', async () => {
    const root = schema.getSubscriptionType()
    if (!root) throw new Error('no root')
    const document = `subscription { ${selectAll(schema, root, 'tasks', '')} }`
    await addWebsites(SPARE_WEBSITES)
    for (const identity of IDENTITIES.filter((one) => one !== 'validator')) {
      const stream = await readEvents(world, identity, document)
      matrix.add(identity, 'any', readAnswer(await stream.next(), 'Subscription__tasks'))
      await stream.close()
    }
    const before = world.hub.parts.sessions.count()
    const stream = await readEvents(world, 'validator', document)
    await eventually(() => expect(world.hub.parts.sessions.count()).toBe(before + 1))
    world.hub.clock.advance(60_000)
    await world.hub.startRound(world.hub.clock.now())
    matrix.add('validator', 'any', readAnswer(await stream.next(), 'Subscription__tasks'))
    await stream.close()
    await eventually(() => expect(world.hub.parts.sessions.count()).toBe(before))
    const [tasks = []] = await playRound(world.hub, world.member)
    openTasks.push(...tasks)
  }, 60_000)

  // Answers first, since changed websites are no longer asked for.
  const isAboutTasks = (name: string) => Number(/^(abstain|submit)/.test(name))
  const mutations = fieldsOf(schema.getMutationType()).toSorted((a, b) => isAboutTasks(b) - isAboutTasks(a))
  it.each(mutations)('mutation %s', async (name) => expect(await askEverybody('mutation', name)).toEqual([]), 120_000)
})

function tellChange(name: 'websiteChanged' | 'incidentChanged', whose: "A's" | "B's"): void {
  const { bus } = world.hub.parts
  const { website: websiteId, incident: incidentId } = world.things[whose]
  const userId = world.users[whose]
  if (name === 'websiteChanged') bus.publish(name, { websiteId, userId, cause: 'UPDATED' })
  else bus.publish(name, { incidentId, websiteId, userId })
}

async function addWebsites(count: number): Promise<void> {
  for (let index = 0; index < count; index++) await addThings(world.hub, world.users["A's"], 'mark-a')
}

describe('the access matrix', () => {
  it("never tells another's from what is missing", () => {
    expect(matrix.differences('owner A', "B's", 'missing')).toEqual([])
    expect(matrix.differences('read-only A', "B's", 'missing')).toEqual([])
    expect(matrix.differences('owner B', "A's", 'missing')).toEqual([])
    for (const identity of ['anonymous', 'validator'] as const) {
      expect(matrix.differences(identity, "A's", 'missing')).toEqual([])
      expect(matrix.differences(identity, "B's", 'missing')).toEqual([])
    }
  })

  it('has every field of the schema, shown to somebody', () => {
    const types = Object.values(schema.getTypeMap()).filter((type) => isObjectType(type) && !type.name.startsWith('__'))
    const fields = types.flatMap((type) => fieldsOf(type as never).map((field) => `${type.name}.${field}`))
    expect(fields.filter((field) => !matrix.isShown(field) && !NEVER_SHOWN.test(field))).toEqual([])
  })

  it('is the one that was agreed on', async () => {
    const text = matrix.print()
    // eslint-disable-next-line node/no-process-env -- a switch for whoever changes access on purpose
    if (process.env['OVERLAPS_WRITE_ACCESS_MATRIX'] === '1') await writeFile(FILE, text)
    expect(text).toBe(await readFile(FILE, 'utf8'))
  })
})
