import { useLiveness } from '../api/live'
import { useTexts } from '../texts/use-texts'
import { timeOfDay } from './time'

export function LivenessNote() {
  const { t, language } = useTexts()
  const now = useLiveness()
  const text =
    now.kind === 'LIVE'
      ? t.liveness.live
      : now.kind === 'CONNECTING'
        ? t.liveness.connecting
        : t.liveness.cut(timeOfDay(now.since, language))
  return (
    <p role="status" class={now.kind === 'CUT' ? '' : 'quiet'}>
      {text}
    </p>
  )
}
