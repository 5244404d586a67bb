import type { TroubleRecord } from './befall.js'
import type { Fault } from './fault.js'
import { ROUND_MS, type SignedTick } from './watching-hub.js'
import type { SmallWebsite } from './websites.js'

/** Less what instants at both ends may differ by on the way. */
const MINUTE_MS = 59_000

interface Said extends Pick<SignedTick, 'url'>, Partial<Pick<SignedTick, 'failure' | 'detail'>> {
  status: 'Good' | 'Bad' | 'Inconclusive'
}

/** What says of a website what is not true of it, each kind with how many there were. */
export function falselySaid(websites: readonly SmallWebsite[], said: readonly Said[]): string[] {
  const truth = new Map(websites.map((website) => [website.url, website.truth]))
  const counts = new Map<string, number>()
  for (const { url, status, failure, detail } of said) {
    if (status === 'Inconclusive' || truth.get(url) === (status === 'Good' ? 'UP' : 'DOWN')) continue
    const words = [url, status, failure, detail].filter((word) => typeof word === 'string').join(' ')
    counts.set(words, (counts.get(words) ?? 0) + 1)
  }
  return [...counts].map(([words, count]) => `${words} ×${count}`)
}

/** Websites that were not answered though the fault takes nothing that they need, in rounds that it covered from begin to end. */
export function missedInFault(
  { fault, ticks, beganAt, endedAt }: TroubleRecord,
  websites: readonly SmallWebsite[],
): string[] {
  if (typeof fault.takes === 'string') return []
  const free = websites.filter((website) => isFree(website, fault))
  const during = ticks.filter(wholly({ beganAt, endedAt }))
  return free.filter(({ url }) => !during.some((tick) => tick.url === url)).map(({ url }) => url)
}

/** Websites without an answer in the first round after the fault, but for a few that a busy machine of tests did not get to. */
export function missedAfter(
  { fault, ticks, events, endedAt }: TroubleRecord,
  websites: readonly SmallWebsite[],
): string[] {
  if (fault.recovers === 'SLOWLY') return []
  const first = Math.ceil(endedAt / ROUND_MS) * ROUND_MS
  const answered = new Set(ticks.filter(({ roundAt }) => roundAt.getTime() === first).map(({ url }) => url))
  const due = fault.stays === true ? websites.filter((website) => isFree(website, fault)) : websites
  const missed = due.filter(({ url }) => !answered.has(url)).map(({ url }) => url)
  return missed.length <= Math.min(busyIn(first, events), websites.length * BUSY_SHARE_MAX) ? [] : missed
}

const BUSY_SHARE_MAX = 0.25

/** How many checks of a round the validator says its machine was too busy for. */
function busyIn(round: number, events: TroubleRecord['events']): number {
  const unanswered = events.flatMap((event) =>
    event.event === 'ROUND' && Date.parse(event.roundAt) === round ? [event.unanswered] : [],
  )
  return unanswered.reduce((sum, { STALLED = 0, NO_TIME = 0 }) => sum + STALLED + NO_TIME, 0)
}

const isFree = ({ needs }: SmallWebsite, { takes }: Fault) =>
  typeof takes !== 'string' && !needs.some((need) => takes.includes(need))

/** Of rounds that the fault covers from begin to end. */
const wholly =
  ({ beganAt, endedAt }: Pick<TroubleRecord, 'beganAt' | 'endedAt'>) =>
  ({ roundAt }: SignedTick) =>
    roundAt.getTime() >= beganAt && roundAt.getTime() + ROUND_MS <= endedAt

/** What was said of the website that the fault really brings down, while it lasted. */
export function saidOfFelled({ fault, ticks, ...span }: TroubleRecord): string[] {
  return [...new Set(ticks.filter(wholly(span)).flatMap(({ url, status }) => (url === fault.fells ? [status] : [])))]
}

/** Ticks but those about the website that the fault brings down, from its begin on. */
export function ticksOfOthers({ fault, ticks, beganAt }: TroubleRecord): SignedTick[] {
  return ticks.filter(({ url, roundAt }) => url !== fault.fells || roundAt.getTime() + ROUND_MS < beganAt)
}

/** The most requests to beacons within a minute; one look-up is one request, whatever the families. */
export function beaconsAMinute({ beacons }: TroubleRecord): number {
  const instants = beacons
    .filter(
      ({ kind, at }, index) =>
        kind !== 'NAME' || !beacons.slice(0, index).some((one) => one.kind === kind && at - one.at < 1_000),
    )
    .map(({ at }) => at)
  return Math.max(0, ...instants.map((from) => instants.filter((at) => at >= from && at < from + MINUTE_MS).length))
}

/** Reasons for which the validator said that it could not check. */
export function toldReasons({ events }: TroubleRecord): string[] {
  return events.flatMap((event) => (event.event === 'CANNOT_CHECK' ? [event.reason] : []))
}
