import fc from 'fast-check'
import { afterAll, afterEach, beforeAll, inject } from 'vitest'
import { FAULT_CODES } from '../../graph/fault.js'
import { storedState } from '../stored-state.js'
import { isServing } from '../raw-socket.js'
import { startTestHub, type TestHub } from '../test-hub.js'
import { balanceOf, joinHub, playOneTask, type TestMember } from '../test-round.js'
import type { TestTemplate } from '../test-template.js'
import { createWebsites, submitOne, type WireTask } from '../test-validator.js'

/** A hub that garbage is thrown at, beside a validator that does its work. */
export interface GarbageWorld {
  hub: TestHub
  member: TestMember
  /** Open, and not answered. */
  task: WireTask
  /** Fails when anything was stored or credited since the beginning, or anything went wrong. */
  expectUnharmed(): Promise<void>
  /** Fails unless the validator's answer is taken, stored and paid; closes the hub. */
  endWell(): Promise<void>
}

/** A world for all tests of a file, which is looked at after each of them. It is there once the first test begins. */
export function useGarbageWorld(): GarbageWorld {
  const world = {} as GarbageWorld
  beforeAll(async () => void Object.assign(world, await openGarbageWorld(inject('template'))))
  afterEach(() => world.expectUnharmed())
  afterAll(() => world.endWell())
  return world
}

async function openGarbageWorld(template: TestTemplate): Promise<GarbageWorld> {
  const hub = await startTestHub(template)
  await createWebsites(hub, 1)
  const member = await joinHub(hub)
  const [task] = await playOneTask(hub, member)
  if (!task) throw new Error('no task')
  const before = JSON.stringify(await stateOf(hub))
  return {
    hub,
    member,
    task,
    async expectUnharmed() {
      if (hub.errors.length > 0) throw new Error(`the hub went wrong: ${JSON.stringify(hub.errors)}`)
      if (JSON.stringify(await stateOf(hub)) !== before) throw new Error('something was stored or credited')
      if (member.socket.socket.readyState !== member.socket.socket.OPEN) throw new Error('the validator was cut off')
      if (!(await isServing(hub))) throw new Error('nobody is served any more')
    },
    async endWell() {
      const told = await submitOne(hub, member, task)
      const balance = await balanceOf(hub, member)
      await hub.close()
      if (told.__typename !== 'SubmitTickSuccess' || balance !== hub.parts.settings.tickRewardLamports)
        throw new Error(`the validator's answer was not taken: ${JSON.stringify(told)}`)
    },
  }
}

async function stateOf({ parts: { store } }: TestHub) {
  const { validators, ticks, submissions } = await storedState(store)
  return [validators.map(({ id, pendingPayouts }) => [id, String(pendingPayouts)]), ticks.length, submissions]
}

const CODES = new Set<unknown>(FAULT_CODES.filter((code) => code !== 'INTERNAL_SERVER_ERROR'))

/** What is wrong with an answer that is not data, or errors of the closed list that are somebody's fault; else null. */
export function responseFault(body: unknown): string | null {
  const { data, errors } = body as { data?: unknown; errors?: { extensions?: { code?: unknown } }[] }
  const isSound = errors === undefined ? data !== undefined : errors.length > 0
  if (!isSound) return `no GraphQL response: ${JSON.stringify(body)}`
  const wrong = (errors ?? []).find(({ extensions }) => !CODES.has(extensions?.code))
  return wrong ? `a code that is nobody's fault: ${JSON.stringify(wrong)}` : null
}

/** Text as strangers send it: empty, long, with NUL, halves of characters and names of prototypes. */
export const strangeText = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 40 }),
  fc.constantFrom(
    '',
    ' ',
    '\u0000',
    'a\u0000b',
    '\ud800',
    'x\udfff',
    '__proto__',
    'constructor',
    '\u202e',
    '\'; DROP TABLE "User"; --',
    'é'.normalize('NFD'),
    '9'.repeat(400),
    'x'.repeat(5_000),
    'a@b.c',
    '\u0000@b.c',
    'http://[',
    'http://a\u0000b/',
    'NaN',
    '+275760-09-13T00:00:00.000Z',
    '0000-01-01T00:00:00.000Z',
    '-000001-01-01T00:00:00.000Z',
    '00000000-0000-0000-0000-000000000000',
  ),
)

/** A value of JSON that fits nowhere. */
export const strangeValue: fc.Arbitrary<unknown> = fc.oneof(
  { weight: 3, arbitrary: strangeText },
  fc.jsonValue({ maxDepth: 3 }),
  fc.constantFrom<unknown>(
    null,
    0,
    -0,
    1e308,
    -1e308,
    2 ** 31,
    2 ** 53,
    0.1,
    [],
    {},
    [[[[[[[[[[]]]]]]]]]],
    { ['__proto__']: { polluted: true }, constructor: { prototype: {} } },
    { toString: 1, toJSON: 2, length: -1 },
  ),
)
