import { ABSTENTION_REASONS, type AbstentionReason } from '../protocol/abstention.js'

export interface AbstentionCount {
  reason: AbstentionReason
  count: number
}

/** Of counts in the order of `ABSTENTION_REASONS` those above 0, most frequent first. */
export function countsByReason(counts: readonly number[]): AbstentionCount[] {
  return ABSTENTION_REASONS.map((reason, index) => ({ reason, count: counts[index] ?? 0 }))
    .filter(({ count }) => count > 0)
    .sort((a, b) => b.count - a.count)
}

export function sumOf(counts: readonly number[]): number {
  return counts.reduce((sum, count) => sum + count, 0)
}
