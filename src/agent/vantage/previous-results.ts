import type { Measured } from '../check/check-outcome.js'
import type { Ground } from './find-ground.js'
import { PREVIOUS_MAX } from './limits.js'
import type { Change } from './rule-line.js'

export interface PreviousResult {
  kind: string
  /** The host connected. */
  isAnswered: boolean
  tookMs: number
}

/** The last result that was answered for each website. */
export interface PreviousResults {
  of(url: string): PreviousResult | undefined
  changeOf(url: string, kind: string): Change
  remember(url: string, outcome: Measured, kind: string): void
}

export function createPreviousResults(): PreviousResults {
  const results = new Map<string, PreviousResult>()
  return {
    of: (url) => results.get(url),
    changeOf(url, kind) {
      const before = results.get(url)
      if (before === undefined) return 'NEW'
      return before.kind === kind ? 'SAME' : 'CHANGED'
    },
    remember(url, { hops, startedAt, endedAt }, kind) {
      results.delete(url)
      const isAnswered = hops.some(({ connectUs }) => connectUs !== null)
      results.set(url, { kind, isAnswered, tookMs: endedAt - startedAt })
      if (results.size <= PREVIOUS_MAX) return
      for (const oldest of results.keys()) {
        results.delete(oldest)
        return
      }
    },
  }
}

/** Different ways not to answer are one kind. */
export function kindOf({ measurement }: Pick<Measured, 'measurement'>, ground: Ground): string {
  const { failure, detail } = measurement
  if (failure === null) return 'GOOD'
  return ground === 'LINE' || ground === 'NAMES' ? ground : `${failure} ${detail ?? ''}`
}
