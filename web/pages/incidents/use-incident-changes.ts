import { useEffect, useRef } from 'preact/hooks'
import { live, useLiveness } from '../../api/live'
import { useSparingly } from '../../api/use-sparingly'
import { IncidentChangesDocument } from '../../client/graphql'

const ASK_EVERY_MS = 1000

/** Calls back after a change of that incident, or of any, and after a gap in which there may have been one. */
export function useIncidentChanges(id: string | null, refresh: () => void): void {
  const changed = useSparingly(refresh, ASK_EVERY_MS)
  const liveness = useLiveness().kind
  const wasCut = useRef(false)
  useEffect(
    () =>
      live(IncidentChangesDocument, {}, ({ incidentChanged: { cause, incident } }) => {
        if (cause === 'CHANGED' && (id === null || incident.id === id)) changed()
      }),
    [id, changed],
  )
  useEffect(() => {
    if (liveness === 'LIVE' && wasCut.current) changed()
    wasCut.current = liveness === 'CUT'
  }, [liveness, changed])
}
