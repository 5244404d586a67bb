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
    { NOTHING_HELD: 'The clock is already trusted, and nothing is held back.' },
  )
  builder.mutationField('trustClock', (t) =>
    t.field({
      audience: 'OPERATOR',
      type: trusted,
      description:
        'Resumes dropping old data, which the hub stops for 24 hours when its clock has moved far ahead of the last closed round. Check first that the clock is right.',
      resolve: (_root, _args, context) => trustClock(context, OPERATOR),
    }),
  )
  const dropped = addResult<DropFutureRoundsResult>(
    builder,
    'DropFutureRounds',
    {
      description: 'Earlier rounds may begin again.',
      fields: (t) => ({
        droppedCount: t.exposeInt('droppedCount', { description: 'Open rounds that were removed.' }),
        keptCount: t.exposeInt('keptCount', { description: 'Closed rounds that stay.' }),
        restartNeeded: t.exposeBoolean('restartNeeded', {
          description:
            "Whether the hub's own time is ahead, so that it must be started again to follow its machine's clock.",
        }),
      }),
    },
    { NONE: "No round is in the future of this machine's clock." },
  )
  builder.mutationField('dropFutureRounds', (t) =>
    t.field({
      audience: 'OPERATOR',
      type: dropped,
      description:
        'After the clock was ahead and is right again: removes open rounds in the future with their answers, so that earlier ones can begin. Closed rounds and earned rewards stay.',
      resolve: (_root, _args, context) => dropFutureRounds(context, OPERATOR),
    }),
  )
}
