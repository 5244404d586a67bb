import { JUDGED_PER_TURN_MAX } from '../limits.js'
import { nextTurn, type Turnstile } from '../turnstile.js'

export async function inTurns<Item, Result>(
  turnstile: Turnstile,
  items: readonly Item[],
  work: (slice: readonly Item[], first: number) => Result[] | Promise<Result[]>,
): Promise<Result[]> {
  const results: Result[] = []
  for (let first = 0; first < items.length; first += JUDGED_PER_TURN_MAX) {
    if (first > 0) await nextTurn(turnstile)
    results.push(...(await work(items.slice(first, first + JUDGED_PER_TURN_MAX), first)))
  }
  return results
}
