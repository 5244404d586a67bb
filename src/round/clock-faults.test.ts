import { describe, expect, inject, it } from 'vitest'
import { eventually } from '../testing/eventually.js'
import { keptOpen } from '../testing/store-wrappers.js'
import { startTestHub, type TestHub } from '../testing/test-hub.js'
import { balanceOf, joinHub } from '../testing/test-round.js'
import { openTestStore } from '../testing/test-store.js'
import { askForChallenge, createWebsites, openTaskSocket, submitOne, trySignup } from '../testing/test-validator.js'
import { createKeyPair } from '../protocol/sign-statement.js'
import { HOUR_MS } from '../time.js'

const ROUND_MS = 60_000
/** The hub's time is slower while it is ahead: a round of its time is over then. */
const ROUND_AT_LEAST_MS = ROUND_MS + 20

async function startOnSchedule() {
  const hub = await startTestHub(inject('template'), { overrides: { followSchedule: true } })
  await createWebsites(hub, 1)
  return { hub, member: await joinHub(hub) }
}

type Scene = Awaited<ReturnType<typeof startOnSchedule>>

/** Plays the next round to its closing; its instant, by the time of day. */
async function playRound({ hub, member }: Scene, milliseconds = ROUND_MS): Promise<string | undefined> {
  hub.clock.advance(milliseconds)
  const [task] = await member.socket.next()
  if (!task) throw new Error('no task')
  expect(await submitOne(hub, member, task)).toMatchObject({ __typename: 'SubmitTickSuccess' })
  return task.roundAt.slice(11, 19)
}

/** The instants of all rounds on record in which somebody was asked, by the time of day, and how many of those there are. */
async function asked({ parts }: Pick<TestHub, 'parts'>): Promise<string[]> {
  const found = await parts.store.prisma.roundRoster.findMany({ orderBy: { roundAt: 'asc' } })
  return found.map(({ roundAt }) => roundAt.toISOString().slice(11, 19))
}

async function closed({ parts }: Pick<TestHub, 'parts'>): Promise<number> {
  return parts.store.prisma.round.count({ where: { closedAt: { not: null } } })
}

describe('a machine whose clock is set', () => {
  it('an hour back: no round is begun twice, none is lost, and each is closed in its time', async () => {
    const scene = await startOnSchedule()
    const { hub, member } = scene
    expect([await playRound(scene), await playRound(scene)]).toEqual(['13:01:00', '13:02:00'])
    hub.clock.advance(10_000)
    hub.clock.setTo(hub.clock.now() - HOUR_MS)
    const played = [
      await playRound(scene),
      await playRound(scene, ROUND_AT_LEAST_MS),
      await playRound(scene, ROUND_AT_LEAST_MS),
    ]
    expect(played).toEqual(['13:03:00', '13:04:00', '13:05:00'])
    expect(await asked(hub)).toEqual(['13:01:00', '13:02:00', ...played])
    expect(await balanceOf(hub, member)).toBe(500n)
    hub.clock.advance(ROUND_MS)
    await eventually(async () => expect(await closed(hub)).toBe(5))
    await hub.close()
  })

  it('two hours forward: one round is lost at most, and none is made up for', async () => {
    const scene = await startOnSchedule()
    const { hub } = scene
    expect(await playRound(scene)).toBe('13:01:00')
    hub.clock.advance(10_000)
    hub.clock.setTo(hub.clock.now() + 2 * HOUR_MS)
    // The one that was next lies long ago when its time has come.
    hub.clock.advance(50_000)
    await hub.post('{ __typename }')
    const played = [await playRound(scene), await playRound(scene)]
    expect(played).toEqual(['15:03:00', '15:04:00'])
    expect(await asked(hub)).toEqual(['13:01:00', ...played])
    await hub.close()
  })

  it('back and then forward over all of it: no round twice', async () => {
    const scene = await startOnSchedule()
    const { hub } = scene
    await playRound(scene)
    hub.clock.setTo(hub.clock.now() - HOUR_MS)
    await playRound(scene, ROUND_AT_LEAST_MS)
    hub.clock.setTo(hub.clock.now() + HOUR_MS)
    await playRound(scene)
    expect(await asked(hub)).toEqual(['13:01:00', '13:02:00', '13:03:00'])
    await hub.close()
  })

  it('an hour back while the hub is down: its rounds go on from where they were', async () => {
    const kept = await openTestStore(inject('template'))
    const overrides = { store: keptOpen(kept), followSchedule: true }
    const hub = await startTestHub(inject('template'), { overrides })
    await createWebsites(hub, 1)
    const member = await joinHub(hub)
    await playRound({ hub, member })
    hub.clock.advance(ROUND_MS - 10_000)
    await eventually(async () => expect(await closed(hub)).toBe(1))
    const { port } = hub.parts.settings
    await hub.close()
    hub.clock.setTo(hub.clock.now() - HOUR_MS)
    const again = await startTestHub(inject('template'), { clock: hub.clock, settings: { port }, overrides })
    const back = { ...member, socket: await openTaskSocket(again, member.sessionToken) }
    expect(await playRound({ hub: again, member: back }, 20_000)).toBe('13:02:00')
    await again.close()
    await kept.close()
  })

  it('an hour back: challenges and sessions last as long as they should', async () => {
    const { hub, member } = await startOnSchedule()
    const keys = createKeyPair()
    const challenge = await askForChallenge(hub, keys.publicKey)
    hub.clock.setTo(hub.clock.now() - HOUR_MS)
    const viewer = async () => (await hub.post('{ viewer { __typename } }', { token: member.sessionToken })).data
    expect(await viewer()).toEqual({ viewer: { __typename: 'Validator' } })
    hub.clock.advance(ROUND_AT_LEAST_MS)
    expect(await trySignup(hub, keys, { challenge })).toMatchObject({ reason: 'EXPIRED_CHALLENGE' })
    hub.clock.advance(24 * HOUR_MS)
    // The hub's time is 17 s slower in a day.
    hub.clock.advance(20_000)
    expect(await viewer()).toBeUndefined()
    await hub.close()
  })
})
