import { useEffect, useState } from 'preact/hooks'
import { live, useLiveness } from '../api/live'
import { IncidentChangesDocument } from '../client/graphql'

/** How many incidents are open, counted from events alone; 0 while nothing arrives. */
export function useOpenIncidents(): number {
  const isCut = useLiveness().kind === 'CUT'
  const [open, setOpen] = useState<ReadonlySet<string>>(new Set())
  useEffect(() => {
    // What ended in a gap is in no event; those still open are sent again.
    if (isCut) setOpen(new Set())
  }, [isCut])
  useEffect(
    () =>
      live(IncidentChangesDocument, {}, ({ incidentChanged: { incident } }) =>
        setOpen((before) => {
          if (before.has(incident.id) === incident.isOpen) return before
          const after = new Set(before)
          if (incident.isOpen) after.add(incident.id)
          else after.delete(incident.id)
          return after
        }),
      ),
    [],
  )
  return open.size
}
