import type { Verdict } from '../generated/prisma/client.js'
import type { Builder, ObjectRef } from '../graph/builder.js'
import { type InconclusiveReason, inconclusiveReason } from './inconclusive-reason.js'

export function addInconclusiveReason(builder: Builder, verdict: ObjectRef<Verdict>): void {
  const reason = builder.enumType('InconclusiveReason', {
    description: 'Why a verdict is Inconclusive.',
    values: {
      MISSING_NETWORKS: {
        description: 'Networks that were asked within the last 15 minutes are gone, and those left are not enough.',
      },
      BELOW_MINIMUM: { description: 'Fewer networks were asked than `minimumVotes` of the website.' },
      TOO_FEW_ANSWERS: {
        description:
          'Too few networks answered in time. `couldNotCheck` and `abstentions` say how many of the others could not check, and why.',
      },
      SET_ASIDE: { description: 'Enough answered, but some of them seemed to be offline themselves.' },
      DISAGREEMENT: { description: 'Enough answered, and too few of them agreed.' },
    } satisfies Record<InconclusiveReason, object>,
  })
  builder.objectField(verdict, 'inconclusiveReason', (t) =>
    t.field({
      type: reason,
      nullable: true,
      description: 'Why it is Inconclusive. Null if it is Good or Bad.',
      resolve: (row) => inconclusiveReason(row),
    }),
  )
}
