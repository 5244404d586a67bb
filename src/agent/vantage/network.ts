import type { Clock } from '../../clock.js'
import type { DialSigns } from '../../dial/dial-signs.js'
import type { ReportEvent } from '../agent-event.js'
import type { BeaconAnswer } from './ask-beacon.js'
import type { Beacon } from './beacon.js'
import { type BeaconDesk, createBeaconDesk } from './beacon-desk.js'
import { hasAnyRoute } from './has-any-route.js'
import { hearLines, type LineHearing } from './hear-lines.js'
import { type Joined, joinedNetworks } from './joined-networks.js'
import { LATE_MS } from './limits.js'
import { createLine, type Line, type LineName, LINES } from './line.js'
import { createNews, type News } from './news.js'
import { createPortalWatch, type PortalWatch } from './portal-watch.js'
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
  readonly portal: PortalWatch
  readonly hearing: LineHearing
  /** Looks at most once a second whether another network was joined. */
  look(): void
  /** Before a check of a website outside: asks what is not known yet, and whether what failed works again. */
  prepare(): void
  /** A host lives; it was dialled at `since`. */
  mark(line: LineName, host: string, address: string, since: number): void
}

/** One of each is asked when a network is joined. */
const ASKED_AT_FIRST: readonly Topic[] = ['V4', 'NAMES', 'PORTAL']

export function createNetwork(parts: NetworkParts): Network {
  const { clock, hasRoute } = parts
  const lines = { V4: createLine(), V6: createLine(), NAMES: createLine() }
  const portal = createPortalWatch()
  const news = createNews(clock)
  const joined = joinedNetworks(clock, parts.readFingerprint)
  const hearing: LineHearing = hearLines(lines, () => desk)
  let toAsk: readonly Topic[] = []
  const tellNoBeacons = once((cause) => parts.report({ event: 'NO_BEACONS', cause }))

  const mark: Network['mark'] = (line, host, address, since) => {
    const at = clock.now()
    lines[line].mark({ host, address, at, since: at - since < LATE_MS ? since : at })
    news.tell()
  }
  const desk = createBeaconDesk({
    beacons: parts.beacons,
    clock,
    hasRouteTo: (beacon) => (beacon.kind === 'LINE' ? hasRoute(beacon.address) : hasAnyRoute(hasRoute)),
    ask: (beacon) => parts.ask(beacon, signsSince(clock.now(), mark)),
    onAnswer(reply) {
      if (reply.topic === 'PORTAL') portal.hear(reply, desk)
      else hearing.hear(reply.topic, reply, clock.now())
      const isUnknown = reply.isWithoutRoute || desk.hasAnswers() || portal.isSeen
      if (!isUnknown && toAsk.length === 0 && !desk.isAnyPending()) tellNoBeacons('NONE_ANSWERED')
      news.tell()
    },
  })
  function join({ lostSince, answered }: Joined): void {
    joined.leave(desk.join(answered))
    for (const line of LINES) lines[line].forget(lostSince, clock.now())
    portal.forget()
    hearing.forget()
    toAsk = ASKED_AT_FIRST.filter((topic) => desk.has(topic))
    news.tell()
  }

  return {
    lines,
    desk,
    news,
    portal,
    mark,
    hearing,
    look() {
      const network = joined.look()
      if (network !== null) join(network)
    },
    prepare() {
      if (parts.beacons.length === 0) tellNoBeacons('TURNED_OFF')
      toAsk = toAsk.filter((topic) => !askIf(desk, topic, desk.mayAsk(topic, 'WAITED_FOR')))
      for (const line of LINES) askIf(desk, line, lines[line].isDead() && desk.mayAskAgain(line, 'WAITED_FOR'))
      // It came into use; the three of the beginning left no room for it.
      const isV6New = lines.V6.aliveAt() !== null && desk.triedAt('V6') === null && toAsk.length === 0
      askIf(desk, 'V6', isV6New && desk.mayAskAgain('V6', 'UNASKED'))
    },
  }
}

type Cause = 'TURNED_OFF' | 'NONE_ANSWERED'

function once(tell: (cause: Cause) => void): (cause: Cause) => void {
  let isTold = false
  return (cause) => {
    if (!isTold) tell(cause)
    isTold = true
  }
}

function askIf(desk: BeaconDesk, topic: Topic, isDue: boolean): boolean {
  if (isDue) desk.ask(topic)
  return isDue
}

function signsSince(since: number, mark: Network['mark']): DialSigns {
  return {
    resolved: (host) => mark('NAMES', host, '', since),
    connected: (host, address) => mark(familyOf(address), host, address, since),
  }
}
