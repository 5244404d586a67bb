import { refuse, type Refusal } from '../graph/problem.js'
import { WEBSITES_NAMED_MAX } from '../limits.js'

export type BulkResult<Result> = { kind: 'done'; results: Result[] } | Refusal<'WRONG_NUMBER'>

/**
 * Does the same to each of many websites: one that is refused does not keep the others back.
 * @param field of the input that holds them.
 */
export async function oneByOne<Item, Result>(
  field: string,
  items: readonly Item[],
  act: (item: Item) => Promise<Result>,
): Promise<BulkResult<Result>> {
  if (items.length === 0 || items.length > WEBSITES_NAMED_MAX) {
    return refuse('WRONG_NUMBER', `Send from 1 to ${WEBSITES_NAMED_MAX} ${field}, not ${items.length}.`, field)
  }
  const results: Result[] = []
  for (const item of items) results.push(await act(item))
  return { kind: 'done', results }
}
