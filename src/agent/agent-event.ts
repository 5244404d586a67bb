import type { HubFaultKind } from './link/hub-fault.js'
import type { RejectionReason } from './link/judge-submission.js'
import type { NoAnswer } from './work/hub-reason.js'
import type { LastingReason } from './work/lasting-reason.js'

/** Printed by `--json` as it is, so others rely on its names. Instants are ISO 8601. */
export type AgentEvent =
  | { event: 'STARTED'; publicKey: string; hub: string; proxy: string | null; agentVersion: string }
  | { event: 'CONNECTED'; validatorId: string; pendingPayouts: string }
  | { event: 'DISCONNECTED'; fault: HubFaultKind; code: string | null; message: string; retryInMs: number }
  /** The agent goes by the hub's clock; a person should set the machine's. */
  | { event: 'CLOCK_OFF'; hubAheadMs: number }
  | { event: 'CLOCK_RIGHT'; hubAheadMs: number }
  /** Another agent with this key subscribed at that instant of the hub's and gets the tasks. */
  | { event: 'TAKEN_OVER'; since: string }
  /** The hub has no deny-list; told once. */
  | { event: 'NO_DENY_LIST'; hub: string }
  /** Told once: its own network cannot be told from a website that is down. */
  | { event: 'NO_BEACONS'; cause: 'TURNED_OFF' | 'NONE_ANSWERED' }
  /** This machine cannot check for that reason; told once while it lasts. */
  | { event: 'CANNOT_CHECK'; reason: LastingReason; message: string }
  | { event: 'CAN_CHECK_AGAIN'; reason: LastingReason }
  /** How many checks run at once, where the machine bears fewer than it is told to, and when it does again. */
  | { event: 'CONCURRENCY'; from: number; to: number; message: string }
  | { event: 'TASKS_MALFORMED'; count: number }
  /** Only the first of its reason in its round. */
  | { event: 'TICK_REJECTED'; roundAt: string; reason: RejectionReason; message: string }
  /** Only the first of its reason in its round. */
  | {
      event: 'TASK_UNANSWERED'
      roundAt: string
      reason: Exclude<NoAnswer, LastingReason>
      url: string
      message: string
    }
  /** The balance after it, in lamports; `null` when the hub could not be asked. */
  | ({ event: 'ROUND'; pendingPayouts: string | null } & RoundSummary)
  | { event: 'STOPPING' }
  | { event: 'STOPPED' }

export interface RoundSummary {
  roundAt: string
  websites: number
  good: number
  bad: number
  /** `null` when none was measured. */
  medianLatencyUs: number | null
  accepted: number
  rejected: Partial<Record<RejectionReason, number>>
  unanswered: Partial<Record<NoAnswer, number>>
  /** Not at the hub by their deadline, or nobody knows. */
  unsent: number
}

export type ReportEvent = (event: AgentEvent) => void
