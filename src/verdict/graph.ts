import type { AbstentionRefs } from '../abstention/count-type.js'
import { perOperation } from '../graph/batch.js'
import type { Builder } from '../graph/builder.js'
import type { TickEnums } from '../tick/tick-enums.js'
import type { ValidatorRef } from '../validator/validator-type.js'
import type { WebsiteRef } from '../website/website-type.js'
import { addCouldNotCheck } from './could-not-check-graph.js'
import { currentStatus } from './current-status.js'
import { findNewestVerdicts } from './find-newest-verdicts.js'
import { addInconclusiveReason } from './inconclusive-reason-graph.js'
import { addRecentVerdicts } from './recent-verdicts-graph.js'
import { addReliability } from './reliability-graph.js'
import { addVerdictType, type VerdictRefs } from './verdict-type.js'
import { addWebsiteVerdicts } from './website-verdicts-graph.js'

type Refs = TickEnums & Pick<AbstentionRefs, 'abstentionCount'> & { website: WebsiteRef; validator: ValidatorRef }

export function addVerdictGraph(
  builder: Builder,
  { website, validator, websiteStatus, failureClass, abstentionCount }: Refs,
): VerdictRefs {
  const refs = addVerdictType(builder, { failureClass })
  const standingsOf = perOperation(({ store }, nos: readonly number[]) => findNewestVerdicts(store, nos))
  builder.prismaObjectFields(website, (t) => ({
    status: t.field({
      type: websiteStatus,
      nullable: true,
      description:
        'Status according to the latest verdict. Null if there is none yet, if it is Inconclusive, or if it is more than two check intervals old.',
      resolve: async ({ no, everyRounds }, _args, context) => {
        const [standing, lastClosed] = await Promise.all([standingsOf(context, no), context.lastClosedRound()])
        return standing && lastClosed ? currentStatus(standing, everyRounds, lastClosed, context.clock.now()) : null
      },
    }),
    verdict: t.field({
      type: refs.verdict,
      nullable: true,
      description: 'The latest verdict, however old. Null before the first one and once it is no longer kept.',
      resolve: async ({ no }, _args, context) => (await standingsOf(context, no))?.verdict ?? null,
    }),
  }))
  addInconclusiveReason(builder, refs.verdict)
  addCouldNotCheck(builder, { verdict: refs.verdict, abstentionCount })
  addWebsiteVerdicts(builder, { website, ...refs })
  addRecentVerdicts(builder, { website, ...refs })
  addReliability(builder, validator)
  return refs
}
