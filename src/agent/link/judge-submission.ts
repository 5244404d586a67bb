import type { SubmitTicksMutation, TickRejection } from '../client/graphql.js'
import type { Answer } from '../work/make-answer.js'
import { graphqlFault } from './read-result.js'
import type { GraphqlResult } from './read-result.js'

export type AnswerOutcome =
  | { kind: 'ACCEPTED' }
  /** Repeating it would get the same. */
  | { kind: 'REJECTED'; reason: RejectionReason; message: string }
  /** Repeats of a stored answer succeed. */
  | { kind: 'RETRY' }

export type RejectionReason = TickRejection | 'REFUSED'

export function judgeSubmission(
  batch: readonly Answer[],
  result: GraphqlResult<SubmitTicksMutation> | null,
): Map<Answer, AnswerOutcome> {
  const all = (outcome: AnswerOutcome) => new Map(batch.map((answer) => [answer, outcome]))
  if (result === null) return all({ kind: 'RETRY' })
  const submitted = result.data?.submitTicks
  if (submitted === undefined) return all(judgeFault(result))
  if (submitted.kind === 'TicksRejected') return all(rejected(submitted.reason, submitted.message))
  const rejections = new Map(submitted.rejected.map((rejection) => [rejection.callbackId, rejection]))
  return new Map(
    batch.map((answer) => {
      const rejection = rejections.get(answer.task.callbackId)
      return [answer, rejection === undefined ? { kind: 'ACCEPTED' } : rejected(rejection.reason, rejection.message)]
    }),
  )
}

function rejected(reason: TickRejection, message: string): AnswerOutcome {
  const isPassing = reason === 'UNAVAILABLE' || reason === 'RATE_LIMITED'
  return isPassing ? { kind: 'RETRY' } : { kind: 'REJECTED', reason, message }
}

function judgeFault(result: GraphqlResult<SubmitTicksMutation>): AnswerOutcome {
  const fault = graphqlFault(result)
  if (fault === null || fault.kind === 'BUSY') return { kind: 'RETRY' }
  return { kind: 'REJECTED', reason: 'REFUSED', message: fault.message }
}
