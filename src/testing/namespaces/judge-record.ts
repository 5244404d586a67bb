import type { Record } from './befall.js'
import type { SignedTick } from './watching-hub.js'
import type { SmallWebsite } from './websites.js'

/** Ticks that say of a website what is not true of it. */
export function falseTicks(websites: readonly SmallWebsite[], ticks: readonly SignedTick[]): string[] {
  const truth = new Map(websites.map((website) => [website.url, website.truth]))
  return ticks
    .filter(({ url, status }) => truth.get(url) !== (status === 'Good' ? 'UP' : 'DOWN'))
    .map(({ url, roundAt, status, failure, detail }) =>
      [roundAt.toISOString().slice(11, 19), url, status, failure ?? '', detail ?? ''].join(' ').trim(),
    )
}

/** Websites that were not answered though the fault takes nothing that they need, in rounds that it covered from begin to end. */
export function missedInFault({ fault, ticks, beganAt, endedAt }: Record, websites: readonly SmallWebsite[]): string[] {
  if (typeof fault.takes === 'string') return []
  const { takes } = fault
  const free = websites.filter(({ needs }) => !needs.some((need) => takes.includes(need)))
  const during = ticks.filter(({ roundAt }) => roundAt.getTime() >= beganAt && roundAt.getTime() < endedAt - 5_000)
  return free.filter(({ url }) => !during.some((tick) => tick.url === url)).map(({ url }) => url)
}

/** Websites without an answer in the first round after the fault. */
export function missedAfter({ ticks, endedAt }: Record, websites: readonly SmallWebsite[]): string[] {
  const first = Math.min(...ticks.map(({ roundAt }) => roundAt.getTime()).filter((roundAt) => roundAt >= endedAt))
  const answered = new Set(ticks.filter(({ roundAt }) => roundAt.getTime() === first).map(({ url }) => url))
  return websites.filter(({ url }) => !answered.has(url)).map(({ url }) => url)
}

/** The most requests to beacons within a minute; one look-up is one request, whatever the families. */
export function beaconsAMinute({ beacons }: Record): number {
  const instants = beacons
    .filter(
      ({ kind, at }, index) =>
        kind !== 'NAME' || !beacons.slice(0, index).some((one) => one.kind === kind && at - one.at < 1_000),
    )
    .map(({ at }) => at)
  return Math.max(0, ...instants.map((from) => instants.filter((at) => at >= from && at < from + 60_000).length))
}
