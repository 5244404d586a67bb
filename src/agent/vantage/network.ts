import type { Clock } from '../../clock.js'
import type { DialSigns } from '../../dial/dial-signs.js'
import type { ReportEvent } from '../agent-event.js'
import type { BeaconAnswer } from './ask-beacon.js'
import type { Beacon } from './beacon.js'
import { askFirst, notAsked, TOPICS } from './ask-first.js'
import { type BeaconDesk, createBeaconDesk } from './beacon-desk.js'
import { hasAnyRoute } from './has-any-route.js'
import { hearLines, type LineHearing } from './hear-lines.js'
import { joinedNetworks } from './joined-networks.js'
import { LATE_MS } from './limits.js'
import { createLine, type Line, type LineName, LINES } from './line.js'
import { createNews, type News } from './news.js'
import { createPortalWatch, type PortalWatch } from './portal-watch.js'
import { type Family, familyOf } from './topic.js'
import type { WaysOut } from './ways-out.js'

export interface NetworkParts {
  clock: Clock
  beacons: readonly Beacon[]
  report: ReportEvent
  readWaysOut(): Promise<WaysOut>
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
  prepare(isByName: boolean): void
  /** A host lives; it was dialled at `since`. */
  mark(line: LineName, host: string, address: string, since: number): void
}

export function createNetwork(parts: NetworkParts): Network {
  const { clock, hasRoute } = parts
  const lines = { V4: createLine(), V6: createLine(), NAMES: createLine() }
  const portal = createPortalWatch()
  const news = createNews(clock)
  const hearing: LineHearing = hearLines(lines, () => desk)
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
      if (!isUnknown && notAsked(desk, lines).length === 0 && !desk.isAnyPending()) tellNoBeacons('NONE_ANSWERED')
      news.tell()
    },
  })
  function join(families: Family | 'ALL', from: number, to: number): void {
    for (const line of families === 'ALL' ? LINES : [families]) {
      hearing.forget(line)
      lines[line].forget(from, to)
    }
    desk.forget(families === 'ALL' ? TOPICS : [families])
    if (families === 'ALL') portal.forget()
    news.tell()
  }
  const joined = joinedNetworks({
    clock,
    readWaysOut: parts.readWaysOut,
    onJoined: join,
    onLost(family) {
      lines[family].breakOff()
      news.tell()
    },
    onBack(family) {
      // Where nothing ever came, no sign of life would end it.
      if (lines[family].aliveAt() === null) lines[family].forget(clock.now(), clock.now())
    },
  })

  return {
    lines,
    desk,
    news,
    portal,
    mark,
    hearing,
    look: joined.look,
    prepare(isByName) {
      if (parts.beacons.length === 0) tellNoBeacons('TURNED_OFF')
      askFirst(desk, lines, isByName)
      for (const line of LINES) if (lines[line].isDead() && desk.mayAskAgain(line, 'WAITED_FOR')) desk.ask(line)
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

function signsSince(since: number, mark: Network['mark']): DialSigns {
  return {
    resolved: (host) => mark('NAMES', host, '', since),
    connected: (host, address) => mark(familyOf(address), host, address, since),
  }
}
