import type { AbstentionReason } from '../../protocol/abstention.js'
import type { TestHub } from '../test-hub.js'
import type { TestValidator, WireTask } from '../test-validator.js'

/** What the hub said to a claim. */
export interface ClaimAnswer {
  __typename: string
  taken?: number
  rejected?: { callbackId: string; reason: string; message: string }[]
  reason?: string
  message?: string
  field?: string | null
  faults?: { field: string | null; reason: string; message: string }[]
  retryAfter?: number | null
}

export const ABSTAIN = `mutation ($input: AbstainInput!) { abstain(input: $input) { __typename
  ... on AbstainSuccess { taken rejected { callbackId reason message } }
  ... on AbstainRefused { reason message field faults { field reason message } retryAfter } } }`

/** Claims over a validator's session that it could not check these tasks. */
export async function claim(
  hub: Pick<TestHub, 'post'>,
  { sessionToken }: Pick<TestValidator, 'sessionToken'>,
  tasks: readonly Pick<WireTask, 'callbackId'>[],
  reason: AbstentionReason = 'NO_NETWORK',
): Promise<ClaimAnswer> {
  const input = { callbackIds: tasks.map(({ callbackId }) => callbackId), reason }
  const { data, errors } = await hub.post<{ abstain: ClaimAnswer }>(ABSTAIN, {
    token: sessionToken,
    variables: { input },
  })
  if (!data) throw new Error(JSON.stringify(errors))
  return data.abstain
}
