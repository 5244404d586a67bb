import { hostNameOf } from '../protocol/host-name.js'
import { MINUTE_MS } from '../time.js'
import type { BudgetedHost } from './host-budget.js'

/** What one host may be asked, in checks. */
export interface Allowance {
  round: number
  /** In every round at least; a fraction when a minute has more rounds than checks. */
  steady: number
}

/** A round's share of a budget: the rounds of a minute add up to it. A longer round has no more, for its starts are within a minute. */
export function allowanceOf(perMinute: number, intervalMs: number, turn: number): Allowance {
  const rounds = Math.ceil(MINUTE_MS / intervalMs)
  const before = Math.floor(((turn % rounds) * perMinute) / rounds)
  const after = Math.floor((((turn % rounds) + 1) * perMinute) / rounds)
  return { round: after - before, steady: perMinute / rounds }
}

interface Watched {
  no: number
  url: string
  everyRounds: number
}

/** A host with all of its enabled websites, whoever has registered them. */
export interface HostLoad<Website extends Watched = Watched> {
  host: string
  websites: Website[]
  /** The most of them that a round can ask for. The same in every round, so that verdicts are made of as many networks. */
  peak: number
}

export function hostLoads<Website extends Watched>(websites: Iterable<Website>): HostLoad<Website>[] {
  const byHost = new Map<string, Website[]>()
  for (const website of websites) {
    const host = hostNameOf(new URL(website.url))
    const known = byHost.get(host)
    if (known) known.push(website)
    else byHost.set(host, [website])
  }
  return [...byHost].map(([host, of]) => ({ host, websites: of, peak: peakOf(of) }))
}

/** Those with the same `everyRounds` take turns by their number; those with another may meet them in any round. */
function peakOf(websites: readonly Watched[]): number {
  const counts = new Map<number, Map<number, number>>()
  for (const { no, everyRounds } of websites) {
    const places = counts.get(everyRounds) ?? new Map<number, number>()
    counts.set(everyRounds, places)
    places.set(no % everyRounds, (places.get(no % everyRounds) ?? 0) + 1)
  }
  return [...counts.values()].reduce((sum, places) => sum + Math.max(...places.values()), 0)
}

export interface Restraint {
  validators: number
  /** It is asked for once in so many turns. */
  turns: number
}

export function restraintOf({ peak }: Pick<HostLoad, 'peak'>, { steady }: Allowance): Restraint {
  const each = Math.floor(steady / peak)
  return each >= 1 ? { validators: each, turns: 1 } : { validators: 1, turns: Math.ceil(peak / steady) }
}

export interface BudgetPlan {
  hosts: BudgetedHost[]
  /** Ascending, as `leftOut`, which are due and not asked for. */
  websiteNos: number[]
  leftOut: number[]
}

export interface BudgetInput {
  loads: readonly HostLoad[]
  due: ReadonlySet<number>
  allowance: Allowance
  /** At this hub, and probably at others. */
  validators: { own: number; elsewhere: number }
  /** Checks of this round, by website. */
  givenElsewhere: ReadonlyMap<number, number>
  lastAskedAt: ReadonlyMap<number, number>
}

/**
 * Which websites this hub asks for, and of how many validators. No host gets more than its allowance over all hubs. Where
 * that is less than one check for each website, those that have waited longest get one.
 */
export function planBudget(input: BudgetInput): BudgetPlan {
  const hosts: BudgetedHost[] = []
  const websiteNos: number[] = []
  const leftOut: number[] = []
  for (const load of input.loads) {
    const due = load.websites.map(({ no }) => no).filter((no) => input.due.has(no))
    if (due.length === 0) continue
    const share = shareOf(load, due, input)
    if (share === 'EVERYBODY') websiteNos.push(...due)
    else {
      websiteNos.push(...share.websites)
      leftOut.push(...share.leftOut)
      if (share.websites.length > 0) hosts.push({ each: share.each, websites: share.websites })
    }
  }
  return { hosts, websiteNos: ascending(websiteNos), leftOut: ascending(leftOut) }
}

function shareOf(
  { peak }: HostLoad,
  due: readonly number[],
  { allowance, validators: { own, elsewhere }, givenElsewhere, lastAskedAt }: BudgetInput,
): 'EVERYBODY' | (BudgetedHost & { leftOut: number[] }) {
  if (own === 0) return 'EVERYBODY'
  const given = due.reduce((sum, no) => sum + (givenElsewhere.get(no) ?? 0), 0)
  const left = Math.max(0, allowance.round - given)
  const total = Math.floor(allowance.steady / peak)
  // As many in every round, and nothing of what is left over: a verdict needs more than half of the most networks of late.
  const each = total >= own + elsewhere ? own : Math.max(1, Math.floor((total * own) / (own + elsewhere)))
  if (total >= 1 && each * due.length <= left) {
    return each === own ? 'EVERYBODY' : { each, websites: ascending(due), leftOut: [] }
  }
  const waiting = longestWaitingFirst(
    due.filter((no) => (givenElsewhere.get(no) ?? 0) === 0),
    lastAskedAt,
  )
  return { each: 1, websites: ascending(waiting.slice(0, left)), leftOut: waiting.slice(left) }
}

/** Websites of one round follow each other as numbers in a ring do, beginning with the one before which it took none. */
function longestWaitingFirst(nos: readonly number[], lastAskedAt: ReadonlyMap<number, number>): number[] {
  const ring = ascending(nos)
  const askedAt = (place: number) => lastAskedAt.get(ring.at(place) ?? Number.NaN) ?? -Infinity
  const groups = new Map<number, number[]>()
  for (const place of ring.keys()) {
    const group = groups.get(askedAt(place))
    if (group) group.push(place)
    else groups.set(askedAt(place), [place])
  }
  return [...groups]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .flatMap(([at, group]) => {
      const first = Math.max(
        0,
        group.findIndex((place) => askedAt(place - 1) !== at),
      )
      return [...group.slice(first), ...group.slice(0, first)].map((place) => ring[place] ?? 0)
    })
}

function ascending(nos: readonly number[]): number[] {
  return [...nos].sort((a, b) => a - b)
}
