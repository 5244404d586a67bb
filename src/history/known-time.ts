import type { GraphContext } from '../graph/context.js'
import type { KnownTime } from './choose-window.js'

export async function readKnownTime(context: GraphContext): Promise<KnownTime> {
  const round = await context.lastClosedRound()
  const { verdictRetentionDays, rollupRetentionDays } = context.settings
  return {
    now: context.clock.now(),
    lastClosed: round && {
      roundAt: round.roundAt.getTime(),
      deadlineAt: round.deadlineAt.getTime(),
      intervalMs: round.intervalMs,
    },
    verdictRetentionDays,
    rollupRetentionDays,
  }
}
