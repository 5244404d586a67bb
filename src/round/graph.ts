import { OPERATOR } from '../graph/actor.js'
import { addResult } from '../graph/add-result.js'
import type { Builder } from '../graph/builder.js'
import type { WebsiteRef } from '../website/website-type.js'
import { addClockGraph } from './clock-graph.js'
import { addHostBudget } from './host-budget-graph.js'
import { addRounds } from './rounds-graph.js'
import type { Rounds } from './run-rounds.js'
import { addSchedule } from './schedule-graph.js'
import { startExtraRound, type StartRoundResult } from './start-extra-round.js'

declare module '../graph/context.js' {
  interface GraphContext {
    rounds: Rounds
  }
}

export function addRoundGraph(builder: Builder, { website }: { website: WebsiteRef }): void {
  addRounds(builder)
  addSchedule(builder)
  addHostBudget(builder, website)
  addClockGraph(builder)
  addStartRound(builder)
}

function addStartRound(builder: Builder): void {
  const input = builder.inputType('StartRoundInput', {
    description: 'Which round to begin.',
    fields: (t) => ({
      roundAt: t.field({
        type: 'DateTime',
        required: false,
        description: "The round's instant, at most an hour ahead; now when left out.",
      }),
    }),
  })
  const result = addResult<StartRoundResult>(
    builder,
    'StartRound',
    {
      description: 'This hub has begun the round.',
      fields: (t) => ({
        roundAt: t.expose('roundAt', { type: 'DateTime', description: 'Its instant, which identifies it.' }),
        deadlineAt: t.expose('deadlineAt', { type: 'DateTime', description: 'When its answers are due.' }),
        websiteCount: t.exposeInt('websiteCount', { description: 'Websites that it checks.' }),
        validatorCount: t.exposeInt('validatorCount', {
          description: 'Validators connected to this hub that it asks.',
        }),
      }),
    },
    {
      INVALID_INSTANT: 'The instant is not in the form YYYY-MM-DDTHH:mm:ss.sssZ.',
      TOO_FAR_AHEAD: 'The instant is more than an hour ahead.',
      ALREADY_STARTED: 'This hub has begun the round of that instant before.',
      OVER: "The round's deadline has passed, or a later round is closed already.",
    },
  )
  builder.mutationField('startRound', (t) =>
    t.field({
      audience: 'OPERATOR',
      type: result,
      description: 'Begins a round now, in addition to the schedule.',
      args: { input: t.arg({ type: input, required: false, description: "The round's instant; now if left out." }) },
      resolve: (_root, args, context) => startExtraRound(context, OPERATOR, { roundAt: args.input?.roundAt ?? null }),
    }),
  )
}
