import type { Logger } from 'pino'
import type { MachineClock } from '../clock.js'
import { SECOND_MS } from '../time.js'
import { followRounds } from './follow-rounds.js'
import { createNetworkReader } from './read-network.js'
import { registerWebsites } from './register-websites.js'
import { openSampleSites } from './sample-sites.js'
import { createDisplay, type Screen } from './show-network.js'
import { ROUND_MS, startNetwork, VALIDATOR_COUNT } from './start-network.js'
import type { NetworkView } from './network-view.js'

export interface DemoOptions {
  /** An empty folder for the hub. */
  dataDir: string
  /** The demo ends after this many. */
  rounds: number
}

export interface DemoParts {
  screen: Screen
  clock: MachineClock
  log: Logger
}

export interface Demo {
  ended: Promise<void>
  close(): Promise<void>
}

/** Starts a whole network on this machine and shows what happens. */
export async function startDemo({ dataDir, rounds }: DemoOptions, parts: DemoParts): Promise<Demo> {
  const { screen, clock } = parts
  const closers: (() => Promise<unknown>)[] = []
  const close = async () => {
    for (const closer of closers.splice(0).toReversed()) await closer()
  }
  try {
    screen.out(
      `A hub, ${VALIDATOR_COUNT} validators and 3 websites on this machine; ${rounds} rounds of ${ROUND_MS / SECOND_MS} s.`,
    )
    screen.out('Creating a database in a temporary folder: this takes a few seconds.')
    const network = await startNetwork(dataDir, parts)
    closers.push(network.close)
    const sites = await openSampleSites(clock, ROUND_MS)
    closers.push(sites.close)
    await registerWebsites(network, sites.list)
    screen.out(`While it runs: the dashboard, logged in, once: ${network.logInLink}`)
    screen.out(`While it runs: GraphiQL ${network.url}/graphql with the owner token ${network.ownerToken}`)
    screen.out('')
    const { ended, stop } = await watch(network, rounds, parts)
    closers.push(stop)
    return { ended, close }
  } catch (error) {
    await close()
    throw error
  }
}

/** After each round, and on a terminal every second too. */
async function watch(network: Parameters<typeof createNetworkReader>[0], rounds: number, { screen, clock }: DemoParts) {
  const reader = createNetworkReader(network)
  const display = createDisplay(screen, rounds)
  let view: NetworkView = await reader.read()
  let reading = Promise.resolve()
  let cancel = () => {}
  let finish = () => {}
  let fail: (error: unknown) => void = () => {}
  const ended = new Promise<void>((resolve, reject) => {
    finish = resolve
    fail = reject
  })
  const readAgain = async () => {
    view = await reader.read()
    show()
    if (view.roundCount >= rounds) finish()
  }
  const show = () => display.show(view, footer(view, rounds, clock.now()))
  const tick = () => {
    show()
    cancel = clock.at((Math.floor(clock.now() / SECOND_MS) + 1) * SECOND_MS, tick)
  }
  const unfollow = followRounds(network, {
    onRoundEnded: () => {
      reading = reading.then(readAgain).catch(fail)
    },
    onFault: fail,
  })
  tick()
  const stop = async () => {
    cancel()
    await unfollow()
    await reading
  }
  return { ended, stop }
}

function footer({ roundCount }: NetworkView, rounds: number, now: number): string {
  const seconds = Math.ceil((ROUND_MS - (now % ROUND_MS)) / SECOND_MS)
  const next = roundCount >= rounds ? 'That was the last.' : `The next round begins in ${seconds} s.`
  return `${roundCount} of ${rounds} rounds have ended. ${next} Ctrl-C ends the demo.`
}
