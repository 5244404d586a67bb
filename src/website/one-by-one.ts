import { inputFault, type InputFault, type Refusal, refuseAll } from '../graph/problem.js'
import { WEBSITES_NAMED_MAX } from '../limits.js'

/** What is done to many websites in one call, each refused alone. */
export type BulkResult<Result> = { kind: 'done'; results: Result[] } | Refusal<'WRONG_NUMBER'>

export function numberFaults(field: string, count: number): InputFault<'WRONG_NUMBER'>[] {
  if (count >= 1 && count <= WEBSITES_NAMED_MAX) return []
  return [inputFault('WRONG_NUMBER', `Send from 1 to ${WEBSITES_NAMED_MAX} ${field}, not ${count}.`, field)]
}

/** Does the same to each of many websites, one after the other. `field` is the input's that holds them. */
export async function oneByOne<Item, Result>(
  field: string,
  items: readonly Item[],
  act: (item: Item) => Promise<Result>,
): Promise<BulkResult<Result>> {
  const refusal = refuseAll(numberFaults(field, items.length))
  if (refusal !== null) return refusal
  const results: Result[] = []
  for (const item of items) results.push(await act(item))
  return { kind: 'done', results }
}
