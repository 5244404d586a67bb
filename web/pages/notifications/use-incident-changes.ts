import { useEffect, useRef } from 'preact/hooks'
import { live, useLiveness } from '../../api/live'
import { IncidentChangesDocument } from '../../client/graphql'

/** An incident's change is written first and delivered a moment later. */
const DELIVERED_AFTER_MS = 2_000

/** Asks again soon after incidents change, for that is when messages are sent, and after a gap. */
export function useIncidentChanges(refresh: () => void): void {
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined
    const stop = live(IncidentChangesDocument, {}, () => {
      clearTimeout(timer)
      timer = setTimeout(refresh, DELIVERED_AFTER_MS)
    })
    return () => {
      clearTimeout(timer)
      stop()
    }
  }, [refresh])
  const { kind } = useLiveness()
  const wasCut = useRef(false)
  useEffect(() => {
    if (kind === 'CUT') wasCut.current = true
    if (kind !== 'LIVE' || !wasCut.current) return
    wasCut.current = false
    refresh()
  }, [kind, refresh])
}
