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

export interface Wishes {
  /** Before the faults begin. In a minute all have asked beacons for the first time and may ask again. */
  settleRounds?: number
  /** What else is read when all is over, of rounds since all were at work. */
  more?(hub: WatchingHub, from: number): Promise<void>
}

const WHOLE_ROUNDS = 2
const ROUNDS_TO_COME_TO_WORK = 8

/**
 * Lets a fault befall each of some validators of one hub, all at the same time, once all have answered for every website;
 * then waits for two rounds after all is over.
 */
export async function befall(
  template: TestTemplate,
  websites: readonly SmallWebsite[],
  cast: readonly Cast[],
  { settleRounds = 0, more = async () => undefined }: Wishes = {},
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
    const atWorkAt = await untilAllAnswer(hub, agents, websites.length)
    if (settleRounds > 0) await hub.untilClosed(hub.parts.clock.now(), settleRounds)
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
    await more(hub, atWorkAt)
    const ticks = await hub.readTicks(0)
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

/** Hands back the instant of the round by which every validator has answered for every website once. */
async function untilAllAnswer(hub: WatchingHub, agents: readonly HomeAgent[], websites: number): Promise<number> {
  const from = hub.parts.clock.now()
  const expected = agents.length * websites
  for (let rounds = 1; ; rounds++) {
    const roundAt = await hub.untilClosed(from, rounds)
    const answered = new Set((await hub.readTicks(from)).map(({ by, url }) => `${by} ${url}`))
    if (answered.size === expected) return roundAt
    if (rounds < ROUNDS_TO_COME_TO_WORK) continue
    const said = agents.flatMap(({ label, events, words }) => [
      label,
      ...events.map((one) => JSON.stringify(one)),
      ...words,
    ])
    throw new Error(`${answered.size} of ${expected} answers before any trouble:\n${said.join('\n')}`)
  }
}
