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
  const idleListeners = new Set<() => void>()

  function replace(claims: Claim[]): void {
    waiting = claims
    firstDeadlineAt = claims.reduce((least, { deadlineAt }) => Math.min(least, deadlineAt), Infinity)
  }
  function nudge(): void {
    cancelTimer()
    if (isOver) replace([])
    if (clock.now() >= firstDeadlineAt) replace(waiting.filter(({ deadlineAt }) => deadlineAt > clock.now()))
    const dueAt = sendDue()
    if (dueAt !== null) cancelTimer = clock.at(dueAt, nudge)
    if (isSending || (waiting.length > 0 && parts.socket() !== null)) return
    for (const listener of idleListeners) listener()
    idleListeners.clear()
  }
  /** Returns when to look again; `null` for not before something happens. */
  function sendDue(): number | null {
    const [first] = waiting
    const last = waiting.at(-1)
    if (first === undefined || last === undefined) return null
    const socket = parts.socket()
    if (socket === null || isSending) return firstDeadlineAt
    const times = { firstAt: first.since, lastAt: last.since, deadlineAt: firstDeadlineAt }
    const dueAt = Math.max(flushTime({ count: waiting.length, ...times, more: parts.more() }), pausedUntil)
    if (dueAt > clock.now()) return dueAt
    void send(socket, first.reason)
    return null
  }
  async function send(socket: HubSocket, reason: AbstentionReason): Promise<void> {
    isSending = true
    const batch = new Set(waiting.filter((claim) => claim.reason === reason).slice(0, ABSTENTIONS_PER_CALL_MAX))
    replace(waiting.filter((claim) => !batch.has(claim)))
    const callbackIds = [...batch].map(({ callbackId }) => callbackId)
    settle(batch, await socket.ask(AbstainDocument, { input: { callbackIds, reason } }))
    isSending = false
    nudge()
  }
  function settle(batch: ReadonlySet<Claim>, result: GraphqlResult<AbstainMutation> | null): void {
    const told = judgeReport(result)
    if (told === 'UNKNOWN_THERE') isOver = true
    if (told !== 'RETRY') {
      attempt = 0
      return
    }
    replace([...batch, ...waiting])
    // Without a reply the connection failed, which has a back-off of its own.
    if (result !== null) pausedUntil = clock.now() + submissionBackOffMs(attempt++, parts.random())
  }

  return {
    add({ callbackId, deadlineAt }, reason) {
      waiting.push({ callbackId, deadlineAt, reason, since: clock.now() })
      firstDeadlineAt = Math.min(firstDeadlineAt, deadlineAt)
      nudge()
    },
    nudge,
    drained: () =>
      new Promise((resolve) => {
        idleListeners.add(resolve)
        nudge()
      }),
    close() {
      isOver = true
      cancelTimer()
    },
  }
}
