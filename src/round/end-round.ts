import { findWebsitesByNo } from '../website/find-websites-by-no.js'
import type { RoundParts, StartedRound } from './start-round.js'

/**
 * Tells everybody who listens that a round's deadline has passed and its answers may be seen.
 * @param settled resolves when the answers that came in time are stored.
 */
export async function endRound(
  { store, bus }: Pick<RoundParts, 'store' | 'bus'>,
  { roundAt }: Pick<StartedRound, 'roundAt'>,
  settled: () => Promise<void>,
): Promise<void> {
  await settled()
  const rosters = await store.prisma.roundRoster.findMany({ where: { roundAt }, select: { websiteNos: true } })
  const nos = [...new Set(rosters.flatMap((roster) => roster.websiteNos))]
  bus.publish('roundEnded', { roundAt: roundAt.getTime() })
  for (const { id, userId } of (await findWebsitesByNo(store, nos)).values()) {
    bus.publish('websiteChanged', { websiteId: id, userId, cause: 'ROUND_ENDED' })
  }
}
