import { NextRound } from '../../parts/next-round'
import type { Schedule } from '../../parts/round-phase'
import { useTexts } from '../../texts/use-texts'
import type { Row } from './website-list'

/** Of a website without a verdict: when there will be one, or why there will be none. */
export function FirstVerdict({ row, schedule }: { row: Row; schedule: Schedule | null }) {
  const { t } = useTexts()
  const { deniedReason, ownership, everyRounds, createdAt } = row
  if (deniedReason !== null) return <p class="quiet">{t.nextRound.denied(deniedReason)}</p>
  if (ownership.withheld) return <p class="quiet">{t.nextRound.withheld}</p>
  if (everyRounds > 1) return <p class="quiet">{t.nextRound.everyRounds(everyRounds)}</p>
  return schedule === null ? null : <NextRound schedule={schedule} since={createdAt} />
}
