import type { Clock } from '../../clock.js'
import { ABSTENTIONS_PER_CALL_MAX } from '../../protocol/abstention.js'
import type { AbstentionReason } from '../../protocol/abstention.js'
import { AbstainDocument } from '../client/graphql.js'
import type { AbstainMutation } from '../client/graphql.js'
import { submissionBackOffMs } from './back-off.js'
import { flushTime } from './flush-time.js'
import { judgeReport } from './judge-report.js'
import type { HubSocket } from './open-hub-socket.js'
import type { GraphqlResult } from './read-result.js'

export interface AbstentionReporterParts {
  clock: Clock
  random: () => number
  socket(): HubSocket | null
  more(): 'EXPECTED' | 'NONE'
}

export interface AbstentionReporter {
  add(task: ClaimedTask, reason: AbstentionReason): void
  nudge(): void
  /** When every claim is told, or cannot be. */
  drained(): Promise<void>
  close(): void
}

export interface ClaimedTask {
  callbackId: string
  deadlineAt: number
}

interface Claim extends ClaimedTask {
  reason: AbstentionReason
  since: number
}

/** Tells the hub what could not be checked: a claim and no vote, so one that cannot be told in time is lost. */
export function reportAbstentions(parts: AbstentionReporterParts): AbstentionReporter {
  const { clock } = parts
  let waiting: Claim[] = []
  let firstDeadlineAt = Infinity
  let isSending = false
  let attempt = 0
  let pausedUntil = 0
  let isOver = false
  let cancelTimer = () => {}
  const idle = createBell()

  function replace(claims: Claim[]): void {
    waiting = claims
    firstDeadlineAt = firstDeadlineOf(claims)
  }
  function nudge(): void {
    cancelTimer()
    if (isOver) replace([])
    if (clock.now() >= firstDeadlineAt) replace(waiting.filter(({ deadlineAt }) => deadlineAt > clock.now()))
    const dueAt = sendDue()
    if (dueAt !== null) cancelTimer = clock.at(dueAt, nudge)
    if (isSending || (waiting.length > 0 && parts.socket() !== null)) return
    idle.ring()
  }
  /** Returns when to look again; `null` for not before something happens. */
  function sendDue(): number | null {
    const [first] = waiting
    if (first === undefined) return null
    const socket = parts.socket()
    if (socket === null || isSending) return firstDeadlineAt
    const dueAt = Math.max(flushTimeOf(waiting, firstDeadlineAt, parts.more()), pausedUntil)
    if (dueAt > clock.now()) return dueAt
    void send(socket, first.reason)
    return null
  }
  async function send(socket: HubSocket, reason: AbstentionReason): Promise<void> {
    isSending = true
    const batch = new Set(waiting.filter((claim) => claim.reason === reason).slice(0, ABSTENTIONS_PER_CALL_MAX))
    replace(waiting.filter((claim) => !batch.has(claim)))
    settle(batch, await socket.ask(AbstainDocument, { input: inputOf(batch, reason) }))
    isSending = false
    nudge()
  }
  function settle(batch: ReadonlySet<Claim>, result: GraphqlResult<AbstainMutation> | null): void {
    const told = judgeReport(result)
    if (told === 'UNKNOWN_THERE') isOver = true
    if (told === 'RETRY') replace([...batch, ...waiting])
    if (told !== 'RETRY') attempt = 0
    // Without a reply the connection failed, which has a back-off of its own.
    else if (result !== null) pausedUntil = clock.now() + submissionBackOffMs(attempt++, parts.random())
  }

  return {
    add({ callbackId, deadlineAt }, reason) {
      waiting.push({ callbackId, deadlineAt, reason, since: clock.now() })
      firstDeadlineAt = Math.min(firstDeadlineAt, deadlineAt)
      nudge()
    },
    nudge,
    drained() {
      const isIdle = idle.next()
      nudge()
      return isIdle
    },
    close() {
      isOver = true
      cancelTimer()
    },
  }
}

function createBell() {
  const listeners = new Set<() => void>()
  return {
    next: () => new Promise<void>((resolve) => listeners.add(resolve)),
    ring() {
      for (const listener of listeners) listener()
      listeners.clear()
    },
  }
}

function firstDeadlineOf(claims: readonly Claim[]): number {
  return claims.reduce((least, { deadlineAt }) => Math.min(least, deadlineAt), Infinity)
}

function flushTimeOf(claims: readonly Claim[], deadlineAt: number, more: 'EXPECTED' | 'NONE'): number {
  const firstAt = claims[0]?.since ?? deadlineAt
  return flushTime({ count: claims.length, firstAt, lastAt: claims.at(-1)?.since ?? firstAt, deadlineAt, more })
}

function inputOf(claims: ReadonlySet<Claim>, reason: AbstentionReason) {
  return { callbackIds: [...claims].map(({ callbackId }) => callbackId), reason }
}
