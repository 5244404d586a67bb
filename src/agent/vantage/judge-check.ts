import type { Clock } from '../../clock.js'
import { hostOf } from '../../protocol/target-gate.js'
import { MINUTE_MS } from '../../time.js'
import type { Abstained } from '../check/abstained.js'
import type { Hop, Measured } from '../check/check-outcome.js'
import type { Ground } from './find-ground.js'
import { isVouchedFor } from './find-ground.js'
import { hasAnyRoute, SOMEWHERE } from './has-any-route.js'
import { EDGE_MS, HOLD_MS } from './limits.js'
import type { IsOther, Line, LineName } from './line.js'
import { tellTrouble, type Trouble } from './messages.js'
import type { Network } from './network.js'
import { type Change, type LineRuling, ruleLine } from './rule-line.js'
import { rulePortal } from './rule-portal.js'
import type { Side } from './target-side.js'
import { familyOf, type Family, type Topic } from './topic.js'

export interface JudgeParts {
  clock: Clock
  network: Network
  hasRoute(address: string): Promise<boolean>
}

export interface Case {
  outcome: Measured
  ground: Ground
  side: Side
  /** Of addresses that failed as if there were no way: whether the kernel knows one. */
  routes: ReadonlyMap<string, Promise<boolean>>
  change: Change
  until: number
}

/** Null where the result is the website's, or nobody can know otherwise. */
export async function judgeCheck(parts: JudgeParts, given: Case): Promise<Abstained | null> {
  const { network, clock } = parts
  const wayless = await findWayless(given)
  const trouble = await findLocalTrouble(parts, given, wayless)
  if (trouble !== null) return tellTrouble(trouble)
  if (given.side === 'PRIVATE') return null
  const question: Question = {
    ...given,
    wayless,
    isOther: othersThan(given.outcome.hops),
    isWithoutWay: given.ground === 'NAMES' && !(await hasAnyRoute(parts.hasRoute)),
  }
  for (;;) {
    const ruling = rule(parts, question)
    if (ruling === null) return null
    if (typeof ruling === 'string') return tellTrouble(ruling)
    if ('ask' in ruling) network.desk.ask(ruling.ask)
    else await network.news.next(Math.min(Math.max(ruling.waitUntil, clock.now()), given.until))
  }
}

/** What is looked up once, however often it is ruled. */
interface Question extends Case {
  wayless: ReadonlySet<string>
  isOther: IsOther
  isWithoutWay: boolean
}

type Ruling = Trouble | null | { ask: Topic } | { waitUntil: number }

function rule(parts: JudgeParts, given: Question): Ruling {
  const { ground } = given
  if (ground === 'NAMES') {
    const ruling = ruleNames(parts, given)
    if (ruling !== null) return ruling
  }
  if (ground === 'LINE' || ground === 'TIME') {
    const ruling = ruleFamilies(parts, given)
    if (ruling !== null) return ruling
  }
  return ruleForPortal(parts, given)
}

function ruleNames(parts: JudgeParts, given: Question): Ruling {
  const ruling = ask(parts, given, 'NAMES')
  if (ruling === 'PROVEN') return null
  if (given.isWithoutWay) return 'NO_ROUTE'
  if (ruling === 'DEAD' || ruling === 'UNPROVEN') return nameSilence(parts, given)
  if (typeof ruling === 'object') return ruling
  if (ruling === 'ASK') return { ask: 'NAMES' }
  return isRefusedByResolver(given.outcome) ? 'NO_RESOLVER' : null
}

/** Where nothing else answers either, the name servers are not to blame. */
function nameSilence({ network: { lines, desk, hearing }, clock }: JudgeParts, { outcome, until }: Case): Ruling {
  const family = lines.V4.aliveAt() === null && lines.V6.aliveAt() !== null ? 'V6' : 'V4'
  if (lines[family].isDead()) return 'DEAD'
  const isAlive = (lines[family].aliveAt() ?? -Infinity) >= outcome.endedAt - HOLD_MS
  if (isAlive || !hearing.counts(family) || clock.now() >= until) return 'NO_RESOLVER'
  if (desk.isPending(family)) return { waitUntil: Infinity }
  return desk.mayAskAgain(family, 'WAITED_FOR') ? { ask: family } : 'NO_RESOLVER'
}

/** One family that is alive suffices, if none that was tried is dead. */
function ruleFamilies(parts: JudgeParts, given: Question): Ruling {
  const tried = familiesOf(given.outcome.hops.at(-1), given.wayless)
  const rulings = tried.map((family) => ({ family, ruling: ask(parts, given, family) }))
  const dead = rulings.filter(({ family }) => isTouched(parts.network.lines[family], given))
  const isOver = dead.every(({ ruling }) => typeof ruling !== 'object')
  if (dead.length > 0 && isOver) {
    return nameDead(
      parts,
      dead.map(({ family }) => family),
    )
  }
  if (given.ground === 'TIME') return null
  if (rulings.some(({ ruling }) => ruling === 'PROVEN')) return null
  const open = rulings.find(({ ruling }) => ruling !== 'ABSENT')
  if (open === undefined) return tried.length === 0 ? null : tried[0] === 'V6' ? 'NO_V6' : 'NO_V4'
  if (typeof open.ruling === 'object') return open.ruling
  if (open.ruling === 'ASK') return { ask: open.family }
  return open.ruling === 'UNPROVEN' ? 'UNPROVEN' : null
}

/** One of two families is missing, or all that there is. */
function nameDead({ network: { lines, desk }, clock }: JudgeParts, dead: readonly Family[]): Trouble {
  const [first, second] = dead
  if (first === undefined || second !== undefined) return 'DEAD'
  const other = lines[first === 'V4' ? 'V6' : 'V4']
  const triedAt = desk.triedAt(first) ?? -Infinity
  // The other one answered after a beacon of this one did not.
  const silentSince = triedAt > (lines[first].aliveAt() ?? -Infinity) ? triedAt : Infinity
  const isOtherAlive = !other.isDead() && (other.aliveAt() ?? -Infinity) >= Math.min(clock.now() - HOLD_MS, silentSince)
  if (!isOtherAlive) return 'DEAD'
  return first === 'V4' ? 'NO_V4' : 'NO_V6'
}

function ruleForPortal({ network, clock }: JudgeParts, given: Case): Ruling {
  const { portal, desk } = network
  const { outcome, ground, change, until } = given
  const { startedAt, endedAt } = outcome
  const isAnswer =
    ground === 'CONTENT' || isAnsweredByDns(outcome) || (ground === 'TIME' && !isVouchedFor(outcome.hops))
  if (!portal.isSeen && !desk.isPending('PORTAL') && !isAnswer) return null
  if (ground === 'TIME' && !isAnswer) return null
  const now = clock.now()
  const ruling = rulePortal(
    {
      isSeen: portal.isSeen,
      trustedAt: portal.trustedAt(hostOf(new URL(outcome.hops[0]?.url ?? ''))),
      askedAt: portal.askedAt,
      hasBeacons: desk.has('PORTAL'),
      counts: desk.counts('PORTAL'),
      isPending: desk.isPending('PORTAL'),
      mayAsk: desk.mayAskAgain('PORTAL', 'WAITED_FOR'),
    },
    { startedAt, endedAt, change, now, isLast: now >= until },
  )
  if (ruling === 'CLEAR') return null
  return ruling === 'ASK' ? { ask: 'PORTAL' } : ruling
}

function ask({ network, clock }: JudgeParts, given: Question, line: LineName): LineRuling {
  const { lines, desk } = network
  const { from, to } = silenceOf(given)
  const now = clock.now()
  const otherLines = line === 'NAMES' ? [] : [lines.V4, lines.V6].filter((other) => other !== lines[line])
  return ruleLine(
    {
      isTouched: isTouched(lines[line], given),
      isDead: lines[line].isDead(),
      otherAt: lines[line].latestOf(given.isOther),
      isAlive: lines[line].aliveAt() !== null,
      isOtherAlive: otherLines.some((other) => (other.aliveAt() ?? -Infinity) > now - MINUTE_MS && !other.isDead()),
      beacons: network.hearing.counts(line) ? 'COUNT' : desk.has(line) ? 'IN_VAIN' : 'NONE',
      isPending: desk.isPending(line),
      mayAsk: desk.mayAsk(line, 'WAITED_FOR'),
      triedAt: desk.triedAt(line),
    },
    { from, to, startedAt: given.outcome.startedAt, change: given.change, now, until: given.until },
  )
}

function isTouched(line: Line, given: Case): boolean {
  const { from, to } = silenceOf(given)
  return line.touchesDead(from, to, given.change === 'SAME' ? EDGE_MS : 0)
}

function silenceOf({ outcome, ground }: Case): { from: number; to: number } {
  const { startedAt, endedAt, hops } = outcome
  return { from: ground === 'TIME' ? startedAt : (hops.at(-1)?.aliveAt ?? startedAt), to: endedAt }
}

/** A website is no witness for itself, under none of its names and addresses. */
function othersThan(hops: readonly Hop[]): IsOther {
  const hosts = new Set(hops.map(({ url }) => hostOf(new URL(url))))
  const addresses = new Set(hops.flatMap(({ attempts }) => attempts.map(({ address }) => address)))
  return (host, address) => !hosts.has(host) && !addresses.has(address)
}

function familiesOf(hop: Hop | undefined, wayless: ReadonlySet<string>): Family[] {
  if (hop === undefined) return []
  if (hop.remoteAddress !== null) return [familyOf(hop.remoteAddress)]
  const addresses = hop.attempts.map(({ address }) => address).filter((address) => !wayless.has(address))
  return [...new Set(addresses.map(familyOf))]
}

async function findWayless({ routes }: Case): Promise<Set<string>> {
  const known = await Promise.all([...routes].map(async ([address, route]) => ((await route) ? null : address)))
  return new Set(known.filter((address) => address !== null))
}

async function findLocalTrouble(
  parts: JudgeParts,
  { outcome, side }: Case,
  wayless: ReadonlySet<string>,
): Promise<Trouble | null> {
  const { measurement, hops } = outcome
  const { attempts = [], remoteAddress = null } = hops.at(-1) ?? {}
  if (measurement.failure === 'DNS' && side === 'PRIVATE' && isRefusedByResolver(outcome)) return 'NO_RESOLVER'
  const isStuck = remoteAddress === null && attempts.length > 0
  if (!isStuck || attempts.some(({ address, code }) => code === null || !wayless.has(address))) return null
  const families = new Set(attempts.map(({ address }) => familyOf(address)))
  if (families.size > 1) return 'NO_ROUTE'
  const [other, trouble] = families.has('V6') ? (['V4', 'NO_V6'] as const) : (['V6', 'NO_V4'] as const)
  return (await parts.hasRoute(SOMEWHERE[other])) ? trouble : 'NO_ROUTE'
}

/** Nobody is at the address of the name server itself: no name's servers can bring that about alone. */
function isRefusedByResolver({ measurement }: Measured): boolean {
  return measurement.failure === 'DNS' && measurement.detail === 'ECONNREFUSED'
}

/** That there is no such name or address, as a name server of a portal may say. */
function isAnsweredByDns({ measurement: { failure, detail } }: Measured): boolean {
  return failure === 'DNS' && (detail === 'ENOTFOUND' || detail === 'ENODATA')
}
