import { duration } from '../../parts/duration'
import { useTexts } from '../../texts/use-texts'

/** How long it lasted, or has lasted so far. */
export function IncidentDuration({
  incident: { durationS, isOpen },
}: {
  incident: { durationS: number; isOpen: boolean }
}) {
  const { t, language } = useTexts()
  return (
    <>
      {duration(durationS * 1000, language)} {isOpen && t.incidents.soFar}
    </>
  )
}
