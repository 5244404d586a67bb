import type { State } from '../../parts/state'
import type { Row } from './website-list'

/** What a website is now, by its status, which goes where the newest verdict is too old. */
export function rowState({ enabled, status, inMaintenance, verdict }: Row): State {
  if (!enabled) return 'DISABLED'
  if (inMaintenance) return 'MAINTENANCE'
  if (status !== null) return status === 'Good' ? 'GOOD' : 'BAD'
  return verdict?.status === 'Inconclusive' ? 'INCONCLUSIVE' : 'NO_DATA'
}
