import type { Builder } from '../graph/builder.js'
import { type CurrentRound, findCurrentRound } from './find-current-round.js'

export function addSchedule(builder: Builder): void {
  const currentRound = builder.objectRef<CurrentRound>('CurrentRound').implement({
    description: 'A round that has begun and has no verdicts yet.',
    fields: (t) => ({
      roundAt: t.expose('roundAt', { type: 'DateTime', description: 'Its instant, which identifies it.' }),
      deadlineAt: t.expose('deadlineAt', {
        type: 'DateTime',
        description: 'When its answers are due; right after that come its verdicts.',
      }),
    }),
  })
  const schedule = builder.objectRef<object>('Schedule').implement({
    description: 'When websites are checked. Beside `now`, a client can count down by itself.',
    fields: (t) => ({
      nextRoundAt: t.field({
        type: 'DateTime',
        nullable: true,
        description: 'When the next round begins; null when none is due.',
        resolve: (_schedule, _args, { rounds }) => {
          const at = rounds.nextRoundAt()
          return at === null ? null : new Date(at)
        },
      }),
      current: t.field({
        type: currentRound,
        nullable: true,
        description: 'The newest round that has begun and is not closed, over all hubs.',
        resolve: (_schedule, _args, context) => findCurrentRound(context),
      }),
    }),
  })
  builder.queryField('schedule', (t) =>
    t.field({
      audience: 'OWNER',
      type: schedule,
      description: 'When the next round begins, and which one is under way.',
      resolve: () => ({}),
    }),
  )
}
