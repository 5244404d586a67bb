import { BUDGET_MS } from './limits.js'

/** Of requests in any minute. */
export interface Budget {
  spend(): void
  spent(): number
}

export function createBudget(now: () => number): Budget {
  let at: number[] = []
  return {
    spend: () => void at.push(now()),
    spent() {
      at = at.filter((instant) => instant > now() - BUDGET_MS)
      return at.length
    },
  }
}
