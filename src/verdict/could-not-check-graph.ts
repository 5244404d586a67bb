import { countsByReason, sumOf } from '../abstention/abstention-count.js'
import { type AbstentionRefs, EVERY_REASON } from '../abstention/count-type.js'
import type { Builder } from '../graph/builder.js'
import type { VerdictRefs } from './verdict-type.js'

type Refs = Pick<VerdictRefs, 'verdict'> & Pick<AbstentionRefs, 'abstentionCount'>

export function addCouldNotCheck(builder: Builder, { verdict, abstentionCount }: Refs): void {
  builder.objectFields(verdict, (t) => ({
    couldNotCheck: t.int({
      description:
        'Validators that did not answer because they could not check, by their own account. Not votes: they change no verdict.',
      resolve: ({ abstentions }) => sumOf(abstentions),
    }),
    abstentions: t.field({
      type: [abstentionCount],
      description: 'Why these validators could not check, most frequent first.',
      extensions: EVERY_REASON,
      resolve: ({ abstentions }) => countsByReason(abstentions),
    }),
  }))
}
