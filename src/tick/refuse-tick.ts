import { refuse, type Refusal } from '../graph/problem.js'
import { TICK_REJECTIONS, type TickRejectionReason } from '../protocol/tick-rejections.js'

export type TickRefusal = Refusal<TickRejectionReason>

/** The reason's own sentence and, where a field is at fault, what was expected of it. */
export function refuseTick(reason: TickRejectionReason, detail?: string): TickRefusal {
  const sentence = TICK_REJECTIONS[reason]
  return refuse(reason, detail === undefined ? sentence : `${detail} ${sentence}`)
}
