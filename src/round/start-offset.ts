import { mix } from './mix.js'

/**
 * When in a round's spread a validator begins with a website, in milliseconds from the round's instant: even over the
 * spread, and another in every round, so that neither a website nor a validator is always hit at the same moment.
 */
export function startOffset(roundAt: number, websiteNo: number, validatorNo: number, spreadMs: number): number {
  if (spreadMs === 0) return 0
  let hash = mix(Math.floor(roundAt / 1000) | 0)
  hash = mix(hash ^ websiteNo)
  hash = mix(hash ^ validatorNo)
  return hash % spreadMs
}
