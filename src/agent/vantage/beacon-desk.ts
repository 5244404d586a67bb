import type { Clock } from '../../clock.js'
import type { BeaconAnswer } from './ask-beacon.js'
import type { Beacon } from './beacon.js'
import { createBudget } from './budget.js'
import { AGAIN_MS, REQUESTS_PER_MINUTE, type Urgency } from './limits.js'
import { type Topic, topicOf } from './topic.js'

export interface BeaconDeskParts {
  beacons: readonly Beacon[]
  clock: Clock
  hasRouteTo(beacon: Beacon): Promise<boolean>
  ask(beacon: Beacon): Promise<BeaconAnswer>
  onAnswer(reply: BeaconReply): void
}

export interface BeaconReply {
  topic: Topic
  answer: BeaconAnswer
  startedAt: number
  /** Nothing was sent: the kernel knows no way. */
  isWithoutRoute: boolean
}

/** Asks beacons, and knows which of them count: those that have answered since this network was joined. */
export interface BeaconDesk {
  has(topic: Topic): boolean
  isAnyPending(): boolean
  counts(topic: Topic): boolean
  isPending(topic: Topic): boolean
  mayAsk(topic: Topic, urgency: Urgency): boolean
  /** As `mayAsk`, and the last request was a while ago. */
  mayAskAgain(topic: Topic, urgency: Urgency): boolean
  ask(topic: Topic): void
  /** Asks one that was not asked last; false where there is none, or it may not. */
  askOther(topic: Topic): boolean
  /** In this network. */
  isAsked(topic: Topic): boolean
  /** When the last request that has ended was sent, in this network. */
  triedAt(topic: Topic): number | null
  /** In this network. */
  hasAnswers(): boolean
  /** Another network was joined. */
  forget(topics: readonly Topic[]): void
}

/** What is known of a topic in this network. */
interface Asked {
  isPending: boolean
  at: number | null
  triedAt: number | null
  answered: Set<Beacon>
}

export function createBeaconDesk(parts: BeaconDeskParts): BeaconDesk {
  const { clock } = parts
  const about = (topic: Topic) => parts.beacons.filter((beacon) => topicOf(beacon) === topic)
  const budget = createBudget(() => clock.now())
  const last = new Map<Topic, Beacon>()
  const topics = new Map(parts.beacons.map((beacon) => [topicOf(beacon), notAsked()]))
  let startingCount = 0

  async function run(topic: Topic, beacon: Beacon): Promise<void> {
    const asked = topics.get(topic) ?? notAsked()
    const startedAt = clock.now()
    Object.assign(asked, { isPending: true, at: startedAt })
    last.set(topic, beacon)
    startingCount += 1
    const isReachable = await parts.hasRouteTo(beacon)
    startingCount -= 1
    if (isReachable) budget.spend()
    const answer = isReachable ? await parts.ask(beacon) : 'SILENT'
    // Another network has been joined: it says nothing of this one.
    if (topics.get(topic) !== asked) return
    Object.assign(asked, { isPending: false, triedAt: startedAt })
    if (answer === 'ANSWERED') asked.answered.add(beacon)
    parts.onAnswer({ topic, answer, startedAt, isWithoutRoute: !isReachable })
  }

  const desk: BeaconDesk = {
    has: (topic) => topics.has(topic),
    isAnyPending: () => [...topics.values()].some(({ isPending }) => isPending),
    counts: (topic) => (topics.get(topic)?.answered.size ?? 0) > 0,
    isPending: (topic) => topics.get(topic)?.isPending === true,
    mayAsk(topic, urgency) {
      const isFree = topics.get(topic)?.isPending === false
      return isFree && budget.spent() + startingCount < REQUESTS_PER_MINUTE[urgency]
    },
    mayAskAgain: (topic, urgency) =>
      desk.mayAsk(topic, urgency) && clock.now() >= (topics.get(topic)?.at ?? -Infinity) + AGAIN_MS,
    ask(topic) {
      const beacon = inTurn(about(topic), topics.get(topic)?.answered, last.get(topic))
      if (beacon !== undefined) void run(topic, beacon)
    },
    askOther(topic) {
      const other = about(topic).find((beacon) => beacon !== last.get(topic))
      if (other === undefined || !desk.mayAsk(topic, 'WAITED_FOR')) return false
      void run(topic, other)
      return true
    },
    isAsked: (topic) => (topics.get(topic)?.at ?? null) !== null,
    triedAt: (topic) => topics.get(topic)?.triedAt ?? null,
    hasAnswers: () => [...topics.values()].some(({ answered }) => answered.size > 0),
    forget(forgotten) {
      for (const topic of forgotten) if (topics.has(topic)) topics.set(topic, notAsked())
    },
  }
  return desk
}

function notAsked(): Asked {
  return { isPending: false, at: null, triedAt: null, answered: new Set() }
}

/** One that counts, by turns: one that fails is not all that is known. */
function inTurn(
  all: readonly Beacon[],
  answered: ReadonlySet<Beacon> | undefined,
  last: Beacon | undefined,
): Beacon | undefined {
  const counts = all.filter((beacon) => answered?.has(beacon))
  const from = counts.length > 0 ? counts : all
  return from[(from.findIndex((beacon) => beacon === last) + 1) % from.length]
}
