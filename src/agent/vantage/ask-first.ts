import type { BeaconDesk } from './beacon-desk.js'
import type { Line, LineName } from './line.js'
import type { Topic } from './topic.js'

export const TOPICS: readonly Topic[] = ['V4', 'V6', 'NAMES', 'PORTAL']

type Lines = Readonly<Record<LineName, Pick<Line, 'aliveAt'>>>

/** What no beacon of this network was asked about yet; of IPv6 only where it is in use. */
export function notAsked(desk: BeaconDesk, lines: Lines): readonly Topic[] {
  return TOPICS.filter(
    (topic) => desk.has(topic) && !desk.isAsked(topic) && (topic !== 'V6' || lines.V6.aliveAt() !== null),
  )
}

/** While a check is under way: its own signs tell a beacon that is out of reach from a line that is dead. */
export function askFirst(desk: BeaconDesk, lines: Lines, isByName: boolean): void {
  if (desk.isAnyPending()) return
  const topics = notAsked(desk, lines)
  if (desk.hasAnswers()) {
    // Most of a minute's requests are left for results that need them, as all that portals can say does.
    const topic = topics.find((one) => one !== 'PORTAL' && (one !== 'NAMES' || isByName))
    if (topic !== undefined && desk.mayAsk(topic, 'SPARE')) desk.ask(topic)
    return
  }
  const isFirst = !TOPICS.some(desk.isAsked)
  for (const topic of isFirst ? topics.slice(0, 1) : topics) if (desk.mayAsk(topic, 'WAITED_FOR')) desk.ask(topic)
}
