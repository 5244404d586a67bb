import { setTimeout as passes } from 'node:timers/promises'
import type { AgentEvent } from '../../agent/agent-event.js'
import type { TestTemplate } from '../test-template.js'
import type { Fault } from './fault.js'
import { type HomeAgent, type HomeAgentOptions, startHomeAgent } from './home-agent.js'
import { openSmallInternet } from './small-internet.js'
import { startWatchingHub, type SignedTick, type WatchingHub } from './watching-hub.js'
import type { SmallWebsite } from './websites.js'
import type { BeaconRequest } from './world-messages.js'

/** What came of one validator. Instants are the hub's, in Unix milliseconds. */
export interface TroubleRecord {
  fault: Fault
  beganAt: number
  endedAt: number
  ticks: readonly SignedTick[]
  events: readonly AgentEvent[]
  beacons: readonly BeaconRequest[]
}

export interface Cast {
  fault: Fault
  options?: HomeAgentOptions
}

const WHOLE_ROUNDS = 2

/**
 * Lets a fault befall each of some validators of one hub, all at the same time, once all have answered for every website;
 * then waits for two rounds after all is over.
 */
export async function befall(
  template: TestTemplate,
  websites: readonly SmallWebsite[],
  cast: readonly Cast[],
  more: (hub: WatchingHub, from: number) => Promise<void> = async () => undefined,
): Promise<TroubleRecord[]> {
  const internet = await openSmallInternet()
  const closings = [internet.close]
  try {
    const homes = await inTurn(cast, (_one, index) => internet.addHome(index + 1))
    const hub = await startWatchingHub(template, internet.hubAddress, websites)
    closings.unshift(hub.close)
    const agents = await inTurn(homes, async (home, index) => {
      const agent = await startHomeAgent(internet, home, hub.url, cast[index]?.options)
      closings.unshift(agent.close)
      return agent
    })
    const from = await untilAllAnswer(hub, agents.length * websites.length)
    const scenes = cast.map(({ fault }, index) => ({
      fault,
      scene: { internet, hub, agent: agents[index] as HomeAgent },
    }))
    const spans = await Promise.all(
      scenes.map(async ({ fault, scene }) => {
        if (fault.begins === 'MID_ROUND') await hub.untilMidRound()
        await fault.begin(scene)
        const beganAt = hub.parts.clock.now()
        await (fault.lastsMs === undefined ? hub.untilClosed(beganAt, WHOLE_ROUNDS) : passes(fault.lastsMs))
        await fault.end(scene)
        return { beganAt, endedAt: hub.parts.clock.now() }
      }),
    )
    await hub.untilClosed(Math.max(...spans.map(({ endedAt }) => endedAt)), 2)
    await more(hub, from)
    const ticks = await hub.readTicks(from)
    return scenes.map(({ fault, scene: { agent } }, index) => ({
      fault,
      beganAt: spans[index]?.beganAt ?? 0,
      endedAt: spans[index]?.endedAt ?? 0,
      ticks: ticks.filter(({ by }) => by === agent.label),
      events: agent.events,
      beacons: internet.beacons.filter(({ home }) => home === agent.home.number),
    }))
  } finally {
    for (const close of closings) await close()
  }
}

async function inTurn<From, To>(
  items: readonly From[],
  make: (item: From, index: number) => Promise<To>,
): Promise<To[]> {
  const made: To[] = []
  for (const [index, item] of items.entries()) made.push(await make(item, index))
  return made
}

/** The instant of the first round that every validator answered whole. */
async function untilAllAnswer(hub: WatchingHub, ticksOfRound: number): Promise<number> {
  for (let from = hub.parts.clock.now(), tries = 1; ; tries++) {
    const roundAt = await hub.untilClosed(from, 1)
    const ticks = await hub.readTicks(roundAt)
    if (ticks.length >= ticksOfRound) return roundAt
    if (tries === 12) throw new Error(`${ticks.length} of ${ticksOfRound} answers: the validators never came to work.`)
    from = roundAt + 1
  }
}
