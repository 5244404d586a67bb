import type { HubFaultKind } from './link/hub-fault.js'
import type { RejectionReason } from './link/judge-submission.js'
import type { NoAnswer } from './work/run-tasks.js'

/** What the agent tells whoever runs it. `--json` prints it as it stands, so its names are for others to rely on. Instants are ISO 8601. */
export type AgentEvent =
  | { event: 'STARTED'; publicKey: string; hub: string; agentVersion: string }
  | { event: 'CONNECTED'; validatorId: string; pendingPayouts: string }
  | { event: 'DISCONNECTED'; fault: HubFaultKind; message: string; retryInMs: number }
  /** Beyond this a person should set the machine's clock; the agent itself goes by the hub's. */
  | { event: 'CLOCK_OFF'; hubAheadMs: number }
  /** The hub has no list of hosts that nobody is to be sent to; told once. The agent keeps to its own. */
  | { event: 'NO_DENY_LIST'; hub: string }
  /** The hub sent tasks that do not keep to the protocol; they get no answer. */
  | { event: 'TASKS_MALFORMED'; count: number }
  /** The first of its reason in its round. */
  | { event: 'TICK_REJECTED'; roundAt: string; reason: RejectionReason; message: string }
  /** The first of its reason in its round. */
  | { event: 'TASK_UNANSWERED'; roundAt: string; reason: NoAnswer; url: string; message: string }
  /** With the balance after it, in lamports, decimal; `null` when the hub could not be asked. */
  | ({ event: 'ROUND'; pendingPayouts: string | null } & RoundSummary)
  | { event: 'STOPPING' }
  | { event: 'STOPPED' }

/** What became of the tasks of one round. */
export interface RoundSummary {
  roundAt: string
  websites: number
  good: number
  bad: number
  /** Of all that were measured, in whole microseconds; `null` when none was. */
  medianLatencyUs: number | null
  accepted: number
  /** How many ticks the hub rejected, by reason. */
  rejected: Partial<Record<RejectionReason, number>>
  /** How many tasks got no answer, by reason. */
  unanswered: Partial<Record<NoAnswer, number>>
  /** Answers that did not reach the hub by their deadline, or of which nobody knows. */
  unsent: number
}

export type ReportEvent = (event: AgentEvent) => void
