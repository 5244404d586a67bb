import type { Clock } from '../../clock.js'
import type { DialSigns } from '../../dial/dial-signs.js'
import { SECOND_MS } from '../../time.js'
import type { ReportEvent } from '../agent-event.js'
import type { BeaconAnswer } from './ask-beacon.js'
import type { Beacon } from './beacon.js'
import { type BeaconDesk, type BeaconReply, createBeaconDesk } from './beacon-desk.js'
import { LATE_MS, NETWORK_KEPT_MS } from './limits.js'
import { createLine, type Line, type LineName, LINES } from './line.js'
import { createNews, type News } from './news.js'
import { familyOf, type Topic } from './topic.js'

export interface NetworkParts {
  clock: Clock
  beacons: readonly Beacon[]
  report: ReportEvent
  readFingerprint(): string
  hasRoute(address: string): Promise<boolean>
  ask(beacon: Beacon, signs: DialSigns): Promise<BeaconAnswer>
}

/** The network that this machine is in, and what has been learnt of it. Instants are steady. */
export interface Network {
  readonly lines: Readonly<Record<LineName, Line>>
  readonly desk: BeaconDesk
  readonly news: News
  readonly portal: { isSeen: boolean; askedAt: number | null; trustedAt: number | null }
  /** Looks at most once a second whether another network was joined. */
  look(): void
  /** Before a check of a website outside: asks what it does not know yet, or whether it is over. */
  prepare(): void
  /** A host lives; it was dialled at `since`. */
  mark(line: LineName, host: string, address: string, since: number): void
}

/** One of each is asked when a network is joined. */
const ASKED_AT_FIRST: readonly Topic[] = ['V4', 'NAMES', 'PORTAL']

export function createNetwork(parts: NetworkParts): Network {
  const { clock, report } = parts
  const lines = { V4: createLine(), V6: createLine(), NAMES: createLine() }
  const portal: Network['portal'] = { isSeen: false, askedAt: null, trustedAt: null }
  const news = createNews(clock)
  const known = new Map<string, { answered: ReadonlySet<Beacon>; leftAt: number }>()
  let fingerprint: string | null = null
  let lookedAt = -Infinity
  let toAsk: Topic[] = []
  let portalsInTurn = 0
  let hasToldNoBeacons = false

  const desk = createBeaconDesk({
    beacons: parts.beacons,
    clock,
    hasRoute: parts.hasRoute,
    ask: (beacon) => parts.ask(beacon, signsOfBeacon()),
    onAnswer: (reply) => {
      if (reply.topic === 'PORTAL') hearPortal(reply)
      else hearLine(reply.topic, reply)
      if (!reply.isWithoutRoute) tellIfNoneAnswers()
      news.tell()
    },
  })
  function signsOfBeacon(): DialSigns {
    const since = clock.now()
    return {
      resolved: (host) => mark('NAMES', host, '', since),
      connected: (host, address) => mark(familyOf(address), host, address, since),
    }
  }
  function mark(line: LineName, host: string, address: string, since: number): void {
    const at = clock.now()
    lines[line].mark({ host, address, at, since: at - since < LATE_MS ? since : at })
    news.tell()
  }
  function hearLine(line: LineName, { answer, isCounting, startedAt }: BeaconReply): void {
    if (!isCounting) return
    if (answer === 'SILENT') return lines[line].breakOff()
    // Its first packet was lost, as those of others were.
    if (line !== 'NAMES' && clock.now() - startedAt >= LATE_MS) lines[line].lose(startedAt, clock.now())
  }
  /** One that answers otherwise may have changed: the next must, too. */
  function hearPortal({ answer, startedAt }: BeaconReply): void {
    portalsInTurn = answer === 'OTHERWISE' || (portalsInTurn > 0 && answer === 'SILENT') ? portalsInTurn + 1 : 0
    const hasAnother = portalsInTurn === 1 && desk.countOf('PORTAL') > 1 && desk.mayAsk('PORTAL', 'WAITED_FOR')
    if (hasAnother) return desk.ask('PORTAL')
    if (portalsInTurn > 0) portal.isSeen = true
    else if (answer === 'ANSWERED') portal.isSeen = false
    portalsInTurn = 0
    portal.askedAt = startedAt
  }
  function tellIfNoneAnswers(): void {
    if (hasToldNoBeacons || desk.hasAnswers() || portal.isSeen || toAsk.length > 0 || desk.isAnyPending()) return
    hasToldNoBeacons = true
    report({ event: 'NO_BEACONS', cause: 'NONE_ANSWERED' })
  }
  function join(joined: string, now: number): void {
    const before = known.get(joined)
    const isKnown = before !== undefined && before.leftAt > now - NETWORK_KEPT_MS
    const answered = desk.join(isKnown ? before.answered : new Set())
    for (const [other, { leftAt }] of known) if (leftAt <= now - NETWORK_KEPT_MS) known.delete(other)
    if (fingerprint !== null) known.set(fingerprint, { answered, leftAt: now })
    for (const line of LINES) lines[line].forget(fingerprint === null ? null : lookedAt, now)
    Object.assign(portal, { isSeen: false, askedAt: null, trustedAt: null })
    portalsInTurn = 0
    toAsk = ASKED_AT_FIRST.filter((topic) => desk.has(topic))
    fingerprint = joined
    news.tell()
  }

  return {
    lines,
    desk,
    news,
    portal,
    mark,
    look() {
      const now = clock.now()
      if (now < lookedAt + SECOND_MS) return
      const seen = parts.readFingerprint()
      if (seen !== fingerprint) join(seen, now)
      lookedAt = now
    },
    prepare() {
      if (parts.beacons.length === 0 && !hasToldNoBeacons) {
        hasToldNoBeacons = true
        report({ event: 'NO_BEACONS', cause: 'TURNED_OFF' })
      }
      toAsk = toAsk.filter((topic) => {
        if (!desk.mayAsk(topic, 'WAITED_FOR')) return true
        desk.ask(topic)
        return false
      })
      for (const line of LINES) if (lines[line].isDead() && desk.mayAskAgain(line, 'WAITED_FOR')) desk.ask(line)
      // It came into use; the three of the beginning left no room for it.
      const isV6New = lines.V6.aliveAt() !== null && desk.triedAt('V6') === null
      if (isV6New && toAsk.length === 0 && desk.mayAskAgain('V6', 'UNASKED')) desk.ask('V6')
    },
  }
}
