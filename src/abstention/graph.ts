import { validatorIn } from '../graph/actor.js'
import { addReasons, addResult } from '../graph/add-result.js'
import type { Builder } from '../graph/builder.js'
import { atMost } from '../graph/items-max.js'
import { ABSTENTIONS_PER_CALL_MAX } from '../protocol/abstention.js'
import type { ValidatorRef } from '../validator/validator-type.js'
import { abstain, type AbstainResult, type RejectedClaim } from './abstain.js'
import { CLAIM_REJECTIONS } from './claim-rejections.js'
import { addAbstentionCount, type AbstentionRefs } from './count-type.js'
import { addAbstentionHours } from './hours-graph.js'

/** Adds the way in for what validators could not check, and what is seen of it at a validator. */
export function addAbstentionGraph(builder: Builder, { validator }: { validator: ValidatorRef }): AbstentionRefs {
  const refs = addAbstentionCount(builder)
  addAbstain(builder, refs)
  addAbstentionHours(builder, { validator, ...refs })
  return refs
}

function addAbstain(builder: Builder, { abstentionReason }: AbstentionRefs): void {
  const result = addAbstainResult(builder)
  const input = builder.inputType('AbstainInput', {
    description: 'Tasks that could not be checked, and why.',
    fields: (t) => ({
      callbackIds: t.idList({ description: `Callback IDs of the tasks, 1 to ${ABSTENTIONS_PER_CALL_MAX}.` }),
      reason: t.field({ type: abstentionReason, description: 'Why none of them could be checked.' }),
    }),
  })
  builder.mutationField('abstain', (t) =>
    t.field({
      audience: 'VALIDATOR',
      type: result,
      description:
        'Says that tasks could not be checked (PROTOCOL §4.2). A claim, not a vote: it pays nothing, and an answer before the deadline still counts.',
      args: { input: t.arg({ type: input, description: 'The tasks and the reason.' }) },
      resolve: (_root, { input }, context) => abstain(context, validatorIn(context), input),
    }),
  )
}

function addAbstainResult(builder: Builder) {
  const rejected = addRejection(builder)
  return addResult<AbstainResult>(
    builder,
    'Abstain',
    {
      description: 'Each claim was taken, rejected alone, or changed nothing.',
      fields: (t) => ({
        taken: t.exposeInt('taken', {
          description:
            'How many are new. Repeats, and claims about tasks answered already, are neither taken nor rejected.',
        }),
        rejected: t.field({
          type: [rejected],
          description: 'The rejected ones, in the order sent.',
          extensions: atMost(ABSTENTIONS_PER_CALL_MAX),
          resolve: (taken) => taken.rejected,
        }),
      }),
    },
    {
      WRONG_NUMBER: `\`callbackIds\` is empty or has more than ${ABSTENTIONS_PER_CALL_MAX}.`,
      BANNED: "The hub's operator has banned this key.",
      RATE_LIMITED: 'The key has sent too many claims and answers that changed nothing.',
      UNAVAILABLE: "The hub's database does not answer, or has no room. Send the same claims again in a few seconds.",
    },
    'TOLD',
  )
}

function addRejection(builder: Builder) {
  const reason = addReasons(builder, 'AbstentionRejectionReason', 'Why a claim was rejected.', CLAIM_REJECTIONS)
  return builder.objectRef<RejectedClaim>('AbstentionRejection').implement({
    description: 'A rejected claim: it changed nothing.',
    fields: (t) => ({
      callbackId: t.exposeID('callbackId', { description: 'The callback ID as it was sent.' }),
      reason: t.expose('reason', { type: reason, description: 'The reason, for programs.' }),
      message: t.string({
        description: 'Whose fault it is and what to do next.',
        resolve: (rejection) => CLAIM_REJECTIONS[rejection.reason],
      }),
    }),
  })
}
