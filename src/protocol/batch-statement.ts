import { statementText } from './statement-text.js'

export interface BatchStatementFields {
  hub: string
  validator: string
  /** 1 to `TICKS_PER_BATCH_MAX`. */
  count: number
  root: string
}

/** PROTOCOL §2.4. Throws `RangeError` on a value no statement may hold. */
export function batchStatement({ hub, validator, count, root }: BatchStatementFields): string {
  return statementText('overlaps-ticks-v1', [
    ['hub', hub],
    ['validator', validator],
    ['count', count],
    ['root', root],
  ])
}
