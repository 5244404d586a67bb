import { type Check, DEFAULT_CHECK } from '../protocol/check.js'
import { readCheck } from './read-check.js'

/** What an owner asks to be different: left out stays as it is, `null` goes back to the protocol's default. */
export type CheckChanges = { [Name in keyof Check]?: Check[Name] | null | undefined }

export function mergeCheck(current: Check, changes: CheckChanges): Check {
  const given = Object.entries(changes)
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => [name, value ?? DEFAULT_CHECK[name as keyof Check]])
  return readCheck({ ...current, ...Object.fromEntries(given) })
}
