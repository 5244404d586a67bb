import { useEffect, useState } from 'preact/hooks'
import { useTexts } from '../texts/use-texts'
import { countdown } from './time'
import { phaseOf, type Schedule } from './round-phase'

const SECOND_MS = 1_000

/**
 * Where the round is that will say something of a website, or of any. A timer, so that no screen reader says every second.
 * @param since when the website was created; null for any.
 */
export function NextRound({ schedule, since }: { schedule: Schedule; since: string | null }) {
  const { t } = useTexts()
  const now = useSeconds() + schedule.aheadMs
  const phase = phaseOf(schedule, since === null ? 0 : Date.parse(since), now)
  const text =
    phase.kind === 'WAITING' || phase.kind === 'ASKED'
      ? t.nextRound[phase.kind](countdown(phase.seconds))
      : t.nextRound[phase.kind]
  return (
    <p role="timer" class="quiet">
      {text}
    </p>
  )
}

function useSeconds(): number {
  const [now, setNow] = useState(() => Date.now())
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), SECOND_MS)
    return () => clearInterval(timer)
  }, [])
  return now
}
