import { Resolver } from 'node:dns/promises'

const TRY_MS = 2_500
const TRIES = 2

/** A resolver that asks this machine's name servers itself, and gives up before a look does. */
export function createLookResolver(): Resolver {
  return new Resolver({ timeout: TRY_MS, tries: TRIES })
}
