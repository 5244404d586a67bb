import { DURATION_US_MAX } from '../protocol/limits.js'

export function elapsedUs(startedAt: number): number {
  return Math.min(Math.round((performance.now() - startedAt) * 1000), DURATION_US_MAX)
}
