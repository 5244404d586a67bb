import { useEffect, useState } from 'preact/hooks'
import { ScheduleDocument } from '../client/graphql'
import { isLate, readSchedule, staleIn, type Schedule } from '../parts/round-phase'
import { ask } from './ask'

/** The hub begins a round a moment after its instant, and decides it a moment after its deadline. */
const AFTER_MS = 500
const RETRY_MS = 5_000
const LATE_MS = 1_000
const LATE_TRIES = 5

/** Asked only when a round begins or its deadline passes; whoever shows it counts down between. */
export function useSchedule(): Schedule | null {
  const [schedule, setSchedule] = useState<Schedule | null>(null)
  useEffect(() => {
    const leaving = new AbortController()
    let timer: ReturnType<typeof setTimeout> | undefined
    let before: Schedule | null = null
    let triesLeft = LATE_TRIES
    const read = async () => {
      const asked = await ask(ScheduleDocument, {}, { signal: leaving.signal })
      if (asked.kind === 'fault') return RETRY_MS
      const now = readSchedule(asked.data, Date.now())
      setSchedule(now)
      if (isLate(before, now) && triesLeft > 0) {
        triesLeft -= 1
        return LATE_MS
      }
      before = now
      triesLeft = LATE_TRIES
      const ms = staleIn(now, Date.now())
      return ms === null ? RETRY_MS : ms + AFTER_MS
    }
    const later = (ms: number) => {
      if (!leaving.signal.aborted) timer = setTimeout(again, ms)
    }
    const again = () => void read().then(later, () => {})
    again()
    return () => {
      clearTimeout(timer)
      leaving.abort()
    }
  }, [])
  return schedule
}
