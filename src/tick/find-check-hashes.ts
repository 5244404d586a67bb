import type { Store } from '../store/store.js'
import { checkHash } from '../protocol/check-statement.js'
import { type CheckKey, findChecks } from '../website/find-checks.js'

/** In the order of `keys`, which may repeat: one statement, and each hash is made once. */
export async function findCheckHashes(
  store: Pick<Store, 'sql'>,
  keys: readonly CheckKey[],
): Promise<(string | Error)[]> {
  const nameOf = ({ websiteId, revision }: CheckKey) => `${websiteId}/${revision}`
  const distinct = new Map(keys.map((key) => [nameOf(key), key]))
  const checks = await findChecks(store, [...distinct.values()])
  const names = [...distinct.keys()]
  const hashes = new Map(
    checks.map((check, index) => [names[index], check instanceof Error ? check : checkHash(check)]),
  )
  return keys.map((key) => hashes.get(nameOf(key)) ?? new Error(`no check for ${nameOf(key)}`))
}
