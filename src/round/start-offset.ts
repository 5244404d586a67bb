import { mix } from './mix.js'

/** Milliseconds after a round's instant: even over the spread and different in every round, so that no host is hit at one moment. */
export function startOffset(roundAt: number, websiteNo: number, validatorNo: number, spreadMs: number): number {
  if (spreadMs === 0) return 0
  let hash = mix(Math.floor(roundAt / 1000) | 0)
  hash = mix(hash ^ websiteNo)
  hash = mix(hash ^ validatorNo)
  return hash % spreadMs
}
