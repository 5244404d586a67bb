import type { Clock } from '../../clock.js'
import type { BeaconAnswer } from './ask-beacon.js'
import type { Beacon } from './beacon.js'
import { createBudget } from './budget.js'
import { AGAIN_MS, BEACONS_PER_MINUTE, UNASKED_PER_MINUTE } from './limits.js'
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
  /** `UNASKED`: no result waits for it. */
  mayAsk(topic: Topic, urgency: 'WAITED_FOR' | 'UNASKED'): boolean
  /** As `mayAsk`, and the last request was a while ago. */
  mayAskAgain(topic: Topic, urgency: 'WAITED_FOR' | 'UNASKED'): boolean
  ask(topic: Topic): void
  /** Asks one that was not asked last; false where there is none, or it may not. */
  askOther(topic: Topic): boolean
  /** When the last request that has ended was sent, in this network. */
  triedAt(topic: Topic): number | null
  hasAnswers(): boolean
  /** Takes what was learnt of a network, and gives what was learnt of the one before. */
  join(answered: ReadonlySet<Beacon>): ReadonlySet<Beacon>
}

export function createBeaconDesk(parts: BeaconDeskParts): BeaconDesk {
  const { clock } = parts
  const about = (topic: Topic) => parts.beacons.filter((beacon) => topicOf(beacon) === topic)
  const budget = createBudget(() => clock.now())
  const last = new Map<Topic, Beacon>()
  let pending = new Set<Topic>()
  let tried = new Map<Topic, number>()
  let asked = new Map<Topic, number>()
  let answered = new Set<Beacon>()
  let startingCount = 0

  async function run(topic: Topic, beacon: Beacon): Promise<void> {
    const ofNetwork = answered
    const startedAt = clock.now()
    pending.add(topic)
    last.set(topic, beacon)
    asked.set(topic, startedAt)
    startingCount += 1
    const isReachable = await parts.hasRouteTo(beacon)
    startingCount -= 1
    if (isReachable) budget.spend()
    const answer = isReachable ? await parts.ask(beacon) : 'SILENT'
    // Another network has been joined: it says nothing of this one.
    if (answered !== ofNetwork) return
    pending.delete(topic)
    tried.set(topic, startedAt)
    if (answer === 'ANSWERED') answered.add(beacon)
    parts.onAnswer({ topic, answer, startedAt, isWithoutRoute: !isReachable })
  }

  const desk: BeaconDesk = {
    has: (topic) => about(topic).length > 0,
    isAnyPending: () => pending.size > 0,
    counts: (topic) => about(topic).some((beacon) => answered.has(beacon)),
    isPending: (topic) => pending.has(topic),
    mayAsk(topic, urgency) {
      const most = urgency === 'UNASKED' ? UNASKED_PER_MINUTE : BEACONS_PER_MINUTE
      return desk.has(topic) && !pending.has(topic) && budget.spent() + startingCount < most
    },
    mayAskAgain: (topic, urgency) =>
      desk.mayAsk(topic, urgency) && clock.now() >= (asked.get(topic) ?? -Infinity) + AGAIN_MS,
    ask(topic) {
      const beacon = inTurn(about(topic), answered, last.get(topic))
      if (beacon !== undefined) void run(topic, beacon)
    },
    askOther(topic) {
      const other = about(topic).find((beacon) => beacon !== last.get(topic))
      if (other === undefined || !desk.mayAsk(topic, 'WAITED_FOR')) return false
      void run(topic, other)
      return true
    },
    triedAt: (topic) => tried.get(topic) ?? null,
    hasAnswers: () => answered.size > 0,
    join(known) {
      const before = answered
      answered = new Set(known)
      pending = new Set()
      tried = new Map()
      asked = new Map()
      return before
    },
  }
  return desk
}

/** One that counts, by turns: one that fails is not all that is known. */
function inTurn(all: readonly Beacon[], answered: ReadonlySet<Beacon>, last: Beacon | undefined): Beacon | undefined {
  const counting = all.filter((beacon) => answered.has(beacon))
  const from = counting.length > 0 ? counting : all
  return from[(from.findIndex((beacon) => beacon === last) + 1) % from.length]
}
