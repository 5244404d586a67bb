import { useLiveness } from '../api/live'
import { useTexts } from '../texts/use-texts'
import { timeOfDay } from './time'

export function LivenessNote() {
  const { t, language } = useTexts()
  const now = useLiveness()
  return (
    <p role="status" class={now.kind === 'CUT' ? '' : 'quiet'}>
      {now.kind === 'LIVE' && t.liveness.live}
      {now.kind === 'CONNECTING' && t.liveness.connecting}
      {now.kind === 'CUT' && t.liveness.cut(timeOfDay(now.since, language))}
    </p>
  )
}
