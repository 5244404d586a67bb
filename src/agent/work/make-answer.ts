import { checkHash } from '../../protocol/check-statement.js'
import type { Measurement } from '../../protocol/tick.js'
import { tickStatement } from '../../protocol/tick-statement.js'
import { leafHash } from '../../protocol/tree-hash.js'
import type { TickInput } from '../client/graphql.js'
import type { Task } from './read-task.js'

/** Who answers, and to whom. */
export interface Parties {
  /** The hub's origin. */
  hub: string
  /** Public key. */
  validator: string
}

/** A tick ready to go into a batch. */
export interface Answer {
  task: Task
  tick: TickInput
  leaf: Buffer
}

/** What is sent of a measurement, with the leaf of its statement (PROTOCOL §2.3). Throws `RangeError` on a task no statement can hold. */
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
