/** What a website is, a round was or a day came to: six that nobody confuses. */
export type State = 'GOOD' | 'BAD' | 'INCONCLUSIVE' | 'MAINTENANCE' | 'NO_DATA' | 'DISABLED'

interface VerdictLike {
  status: 'Good' | 'Bad' | 'Inconclusive'
  inMaintenance: boolean
}

export function stateOfVerdict({ status, inMaintenance }: VerdictLike): State {
  if (inMaintenance) return 'MAINTENANCE'
  return status === 'Good' ? 'GOOD' : status === 'Bad' ? 'BAD' : 'INCONCLUSIVE'
}
