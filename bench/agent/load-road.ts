import { setMaxListeners } from 'node:events'
import { existsSync } from 'node:fs'
import path from 'node:path'
import { pathToFileURL } from 'node:url'
import type * as CheckModule from '../../src/agent/check/run-check.js'
import type * as AuthoritiesModule from '../../src/agent/check/trust-authorities.js'
import type * as TaskChecksModule from '../../src/agent/work/check-task.js'
import type * as VantagesModule from '../../src/agent/vantage/vantage.js'
import type * as StallsModule from '../../src/agent/machine/stall-watch.js'
import type * as PlacesModule from '../../src/agent/machine/places.js'
import type * as HubClocksModule from '../../src/agent/link/hub-clock.js'
import type { TargetPolicy } from '../../src/agent/check/target-policy.js'
import { systemClock } from '../../src/clock.js'
import { DEFAULT_CHECK } from '../../src/protocol/check.js'

/** Checks a site; whether it was Good, and nothing of this machine spoke against that. */
export type Road = (site: string) => Promise<boolean>

type Check = typeof CheckModule
type Authorities = typeof AuthoritiesModule
type TaskChecks = typeof TaskChecksModule
type Vantages = typeof VantagesModule
type Stalls = typeof StallsModule
type PlacesParts = typeof PlacesModule
type HubClocks = typeof HubClocksModule

const TIMEOUT_MS = 10_000
const ROUND_MS = 45_000
const POLICY: TargetPolicy = { allowPrivateTargets: true, targetPorts: 'ANY', deniedHosts: [] }
/** As the agent's, which every check listens to. */
const NEVER = new AbortController().signal
const USER_AGENT = 'overlaps-bench/0 (+https://overlaps.example/complaints)'

/** The road of a task from its check to its judgement, of this source or of another build; one that has no judgement only checks. */
export async function loadRoad(build: string | null): Promise<Road> {
  const load = async <Module>(file: string): Promise<Module> =>
    (await import(
      build === null ? `../../src/agent/${file}.js` : pathToFileURL(path.resolve(build, 'agent', `${file}.js`)).href
    )) as Module
  const { trustAuthorities } = await load<Authorities>('check/trust-authorities')
  const options = { userAgent: USER_AGENT, trust: trustAuthorities([]), signal: NEVER }
  setMaxListeners(0, NEVER)
  try {
    return judgedRoad(options, {
      ...(await load<TaskChecks>('work/check-task')),
      ...(await load<Vantages>('vantage/vantage')),
      ...(await load<Stalls>('machine/stall-watch')),
      ...(await load<PlacesParts>('machine/places')),
      ...(await load<HubClocks>('link/hub-clock')),
    })
  } catch (error) {
    const isOlder = error instanceof Error && 'code' in error && error.code === 'ERR_MODULE_NOT_FOUND'
    // A build that judges is measured with its judgement, or not at all.
    if (!isOlder || build === null || existsSync(path.resolve(build, 'agent', 'vantage'))) throw error
    return checkedRoad(options, await load<Check>('check/run-check'))
  }
}

type RoadOptions = Omit<Parameters<Check['runCheck']>[2], 'clock'>

function checkedRoad(options: RoadOptions, { runCheck }: Check): Road {
  return async (url) => {
    const target = { url, check: DEFAULT_CHECK, timeoutMs: TIMEOUT_MS }
    const outcome = await runCheck(target, POLICY, { ...options, clock: systemClock })
    return outcome.kind === 'measured' && outcome.measurement.status === 'Good'
  }
}

function judgedRoad(options: RoadOptions, modules: TaskChecks & Vantages & Stalls & PlacesParts & HubClocks): Road {
  const report = () => {}
  const check = modules.createTaskCheck({
    policy: () => POLICY,
    options,
    clock: systemClock,
    hubClock: modules.createHubClock(systemClock),
    stalls: modules.watchStalls(),
    places: modules.createPlaces({ wanted: Number.MAX_SAFE_INTEGER, readBorne: () => null, report }),
    vantage: modules.createVantage({ beacons: [], policy: POLICY, userAgent: USER_AGENT, report }),
  })
  return async (url) => {
    const roundAt = Date.now()
    const times = { round: '', roundAt, startAt: roundAt, deadlineAt: roundAt + ROUND_MS }
    const task = { callbackId: '', websiteId: '', url, check: DEFAULT_CHECK, ...times }
    const outcome = await (await check(task, TIMEOUT_MS, NEVER))()
    return outcome.kind === 'measured' && outcome.measurement.status === 'Good'
  }
}
