import type { AbstainMutation } from '../client/graphql.js'
import { graphqlFault } from './read-result.js'
import type { GraphqlResult } from './read-result.js'

/** What became of claims: told, whether they were taken or not; to be told again; or the hub knows no such thing. */
export type Told = 'TOLD' | 'RETRY' | 'UNKNOWN_THERE'

/** What a GraphQL server says of a field that it does not have; some give no code. */
const NO_SUCH_FIELD = /Cannot query field ["']abstain["']/

export function judgeReport(result: GraphqlResult<AbstainMutation> | null): Told {
  if (result === null) return 'RETRY'
  const answer = result.data?.abstain
  if (answer?.kind === 'AbstainRefused') {
    return answer.reason === 'UNAVAILABLE' || answer.reason === 'RATE_LIMITED' ? 'RETRY' : 'TOLD'
  }
  if (answer !== undefined) return 'TOLD'
  if (result.errors?.some(({ message }) => NO_SUCH_FIELD.test(message)) === true) return 'UNKNOWN_THERE'
  const fault = graphqlFault(result)
  if (fault === null || fault.kind === 'BUSY') return 'RETRY'
  return fault.kind === 'PROTOCOL_TOO_OLD' ? 'UNKNOWN_THERE' : 'TOLD'
}
