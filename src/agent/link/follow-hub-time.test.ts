import { describe, expect, test } from 'vitest'

import { useWorld } from '../../testing/agent/world.js'
import { DAY_MS, HOUR_MS, SECOND_MS } from '../../time.js'

const world = useWorld()
const STEPS = [20 * SECOND_MS, HOUR_MS, DAY_MS].flatMap((ms) => [ms, -ms])

/** A hub whose clock runs by itself, ahead of the steady one, and can be set. */
async function useHubClock(time: 'TELLS_TIME' | 'SILENT' = 'TELLS_TIME') {
  let setMs = 0
  const start = world.clock.now() - world.clock.elapsedMs()
  const now = () => start + world.clock.elapsedMs() + setMs
  await world.hub.close()
  await world.replaceHub(now, 0, { time })
  return { now, set: (milliseconds: number) => void (setMs += milliseconds) }
}

async function playRound(agent: ReturnType<typeof world.start>, site: string, name: string, now: () => number) {
  world.hub.sendTasks([world.task(name, site, now())])
  return agent.next('ROUND')
}

const ANSWERED = { good: 1, accepted: 1, unsent: 0, unanswered: {}, rejected: {} }

describe.each(['TELLS_TIME', 'SILENT'] as const)('with a hub that %s', (time) => {
  test.each(STEPS)("a machine's clock that is set by %i ms costs no round, and is told", async (step) => {
    const site = await world.startSite()
    const hub = await useHubClock(time)
    const agent = world.start()
    await agent.next('CONNECTED')
    expect(await playRound(agent, site.url, 'a', hub.now)).toMatchObject(ANSWERED)
    world.clock.setTo(world.clock.now() + step)
    expect(await playRound(agent, site.url, 'b', hub.now)).toMatchObject(ANSWERED)
    expect((await agent.next('CLOCK_OFF')).hubAheadMs).toBeCloseTo(-step, -2)
    world.clock.setTo(world.clock.now() - step)
    expect(await playRound(agent, site.url, 'c', hub.now)).toMatchObject(ANSWERED)
    await agent.next('CLOCK_RIGHT')
    expect(world.hub.count('SIGNUP')).toBe(1)
    expect(world.hub.count('CONNECT')).toBe(1)
  })

  test.each(STEPS)("a hub's clock that is set by %i ms costs no round", async (step) => {
    const site = await world.startSite()
    const hub = await useHubClock(time)
    const agent = world.start()
    await agent.next('CONNECTED')
    expect(await playRound(agent, site.url, 'a', hub.now)).toMatchObject(ANSWERED)
    hub.set(step)
    expect(await playRound(agent, site.url, 'b', hub.now)).toMatchObject(ANSWERED)
    expect(await playRound(agent, site.url, 'c', hub.now)).toMatchObject(ANSWERED)
    expect(world.hub.count('CONNECT')).toBe(1)
  })
})

test('a clock that was off from the beginning and is then set right costs no round', async () => {
  const site = await world.startSite()
  const hub = await useHubClock()
  world.clock.setTo(world.clock.now() - HOUR_MS)
  const agent = world.start()
  expect((await agent.next('CLOCK_OFF')).hubAheadMs).toBeCloseTo(HOUR_MS, -2)
  await agent.next('CONNECTED')
  expect(await playRound(agent, site.url, 'a', hub.now)).toMatchObject(ANSWERED)
  world.clock.setTo(world.clock.now() + HOUR_MS)
  expect(await playRound(agent, site.url, 'b', hub.now)).toMatchObject(ANSWERED)
  await agent.next('CLOCK_RIGHT')
  expect(world.hub.count('SIGNUP')).toBe(1)
})

test('a machine that slept in a round answers the next', async () => {
  const site = await world.startSite()
  const hub = await useHubClock()
  const agent = world.start()
  await agent.next('CONNECTED')
  world.hub.sendTasks([{ ...world.task('a', site.url, hub.now()), startAfterMs: 20_000 }])
  // Its steady clock stood still meanwhile; the wall clock and the hub's went on.
  hub.set(10 * 60_000)
  world.clock.setTo(world.clock.now() + 10 * 60_000)
  const asleep = agent.next('ROUND')
  world.hub.sendTasks([world.task('b', site.url, hub.now())])
  expect(await asleep).toMatchObject({ good: 0, bad: 0, accepted: 0 })
  expect(await agent.next('ROUND')).toMatchObject(ANSWERED)
  expect(agent.events.filter(({ event }) => event === 'CLOCK_OFF')).toEqual([])
})

test('a hub that is asked and does not answer gets its round answered all the same', async () => {
  const site = await world.startSite()
  const hub = await useHubClock()
  const agent = world.start()
  await agent.next('CONNECTED')
  await world.hub.next('NOW')
  world.hub.script.now = () => new Promise(() => {})
  hub.set(HOUR_MS)
  const round = playRound(agent, site.url, 'a', hub.now)
  await world.hub.next('NOW')
  world.clock.advance(3_000)
  expect(await round).toMatchObject(ANSWERED)
})
