import { checkHash } from '../../protocol/check-statement.js'
import type { Measurement } from '../../protocol/tick.js'
import { tickStatement } from '../../protocol/tick-statement.js'
import { leafHash } from '../../protocol/tree-hash.js'
import type { TickInput } from '../client/graphql.js'
import type { Task } from './read-task.js'

export interface Parties {
  hub: string
  validator: string
}

export interface Answer {
  task: Task
  tick: TickInput
  leaf: Buffer
}

/** A measurement with the leaf of its statement. Throws `RangeError` on a task that no statement can hold. */
export function makeAnswer({ hub, validator }: Parties, task: Task, measurement: Measurement): Answer {
  const check = checkHash(task.check)
  const { callbackId, websiteId, url, round } = task
  const statement = tickStatement({
    hub,
    validator,
    callback: callbackId,
    website: websiteId,
    url,
    round,
    check,
    ...measurement,
  })
  const leaf = leafHash(statement)
  return { task, leaf, tick: { leaf: leaf.toString('hex'), callbackId, checkHash: check, ...measurement } }
}
