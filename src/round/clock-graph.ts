import type { Clock } from '../clock.js'
import { OPERATOR } from '../graph/actor.js'
import { addResult } from '../graph/add-result.js'
import type { Builder } from '../graph/builder.js'
import { dropFutureRounds, type DropFutureRoundsResult } from './drop-future-rounds.js'
import { trustClock, type TrustClockResult } from './trust-clock.js'

declare module '../graph/context.js' {
  interface GraphContext {
    /** The machine's clock as it is, whatever the hub's time is. */
    machine: Pick<Clock, 'now'>
  }
}

export function addClockGraph(builder: Builder): void {
  const trusted = addResult<TrustClockResult>(
    builder,
    'TrustClock',
    {
      description: 'The clock is trusted: old data is dropped again.',
      fields: (t) => ({
        since: t.expose('since', { type: 'DateTime', description: 'Since when nothing was dropped.' }),
      }),
    },
    { NOTHING_HELD: 'Nothing is kept from being dropped: the clock is trusted already.' },
  )
  builder.mutationField('trustClock', (t) =>
    t.field({
      audience: 'OPERATOR',
      type: trusted,
      description:
        'Lets old data be dropped again, which the hub stops for 24 hours when its clock went far ahead since the last closed round. Look first that the clock is right.',
      resolve: (_root, _args, context) => trustClock(context, OPERATOR),
    }),
  )
  const dropped = addResult<DropFutureRoundsResult>(
    builder,
    'DropFutureRounds',
    {
      description: 'Earlier rounds may begin again.',
      fields: (t) => ({
        droppedCount: t.exposeInt('droppedCount', { description: 'Rounds that were not closed and are taken away.' }),
        keptCount: t.exposeInt('keptCount', { description: 'Rounds that were closed and stay.' }),
        restartNeeded: t.exposeBoolean('restartNeeded', {
          description:
            "Whether the hub's own time is ahead, so that it must be started again to follow its machine's clock.",
        }),
      }),
    },
    { NONE: "No round lies in the future of this machine's clock." },
  )
  builder.mutationField('dropFutureRounds', (t) =>
    t.field({
      audience: 'OPERATOR',
      type: dropped,
      description:
        'After the clock was ahead and is right again: takes away the rounds in the future that are not closed, with their answers, and lets earlier ones begin. Closed rounds and what answers have earned stay.',
      resolve: (_root, _args, context) => dropFutureRounds(context, OPERATOR),
    }),
  )
}
