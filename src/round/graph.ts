import type { Builder } from '../graph/builder.js'
import { requireOperator } from '../graph/context.js'
import { addReasons, addRefusal } from '../graph/add-result.js'
import { refuse, type Refusal } from '../graph/problem.js'
import { fault } from '../graph/fault.js'
import { parseInstant } from '../protocol/text-forms.js'
import type { WebsiteRef } from '../website/website-type.js'
import { addClockGraph } from './clock-graph.js'
import { addHostBudget } from './host-budget-graph.js'
import { addRounds } from './rounds-graph.js'
import type { Rounds } from './run-rounds.js'
import type { StartedRound } from './start-round.js'

declare module '../graph/context.js' {
  interface GraphContext {
    rounds: Rounds
  }
}

const REFUSALS = {
  ALREADY_STARTED: 'This hub has begun the round of that instant before: nobody is asked twice.',
  OVER: "The round's deadline has passed, or a later round is closed already: name an instant nearer to now, or none.",
} as const
/** A slip in the year would ask everybody at once for answers that nobody may see for as long. */
const AHEAD_MAX_MS = 3_600_000
type StartRoundRefusal = keyof typeof REFUSALS

/** Adds the operators' view of rounds, their way to begin one out of turn, and what budgets leave of owners' checks. */
export function addRoundGraph(builder: Builder, { website }: { website: WebsiteRef }): void {
  addRounds(builder)
  addHostBudget(builder, website)
  addClockGraph(builder)
  const round = builder.objectRef<StartedRound>('StartedRound').implement({
    description: 'A round that this hub has begun.',
    fields: (t) => ({
      roundAt: t.expose('roundAt', { type: 'DateTime', description: 'Its instant, which names it.' }),
      deadlineAt: t.expose('deadlineAt', { type: 'DateTime', description: 'When its answers are due.' }),
      websiteCount: t.exposeInt('websiteCount', { description: 'Websites that it asks for.' }),
      validatorCount: t.exposeInt('validatorCount', {
        description: 'Validators connected to this hub that are asked.',
      }),
    }),
  })
  const refused = addRefusal(
    builder,
    'StartRoundRefused',
    'The round was not begun.',
    addReasons(builder, 'StartRoundRefusal', 'Why a round was not begun.', REFUSALS),
  )
  const result = builder.unionType('StartRoundResult', {
    description: 'How the beginning of a round ended.',
    types: [round, refused],
    resolveType: (value) => ('kind' in value ? refused : round),
  })
  builder.mutationField('startRound', (t) =>
    t.field({
      audience: 'OPERATOR',
      type: result,
      description: 'Begins a round now, besides those of the schedule.',
      args: {
        dueAt: t.arg({
          type: 'DateTime',
          required: false,
          description: "The round's instant, at most an hour ahead; now when left out.",
        }),
      },
      resolve: async (_root, { dueAt }, context): Promise<StartedRound | Refusal<StartRoundRefusal>> => {
        requireOperator(context)
        const roundAt = dueAt == null ? context.clock.now() : parseInstant(dueAt)
        if (roundAt === null) {
          throw fault('BAD_USER_INPUT', '`dueAt` must be an instant spelt YYYY-MM-DDTHH:mm:ss.sssZ.', {
            argument: 'dueAt',
          })
        }
        if (roundAt > context.clock.now() + AHEAD_MAX_MS) {
          throw fault('BAD_USER_INPUT', '`dueAt` must not be more than an hour ahead.', { argument: 'dueAt' })
        }
        if (context.rounds.isOver(roundAt)) return refuse('OVER', REFUSALS.OVER)
        const round = await context.rounds.start(roundAt)
        return typeof round === 'string' ? refuse(round, REFUSALS[round]) : round
      },
    }),
  )
}
