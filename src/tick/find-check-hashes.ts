import { checkHash } from '../protocol/check-statement.js'
import { findCheckVersions } from '../round/find-check-versions.js'
import type { Store } from '../store/store.js'
import { type CheckKey, findChecks } from '../website/find-checks.js'

export interface CheckHashKey extends CheckKey {
  roundAt: Date
}

/** In the order of `keys`, which may repeat: two statements, and each hash is made once. */
export async function findCheckHashes(
  store: Pick<Store, 'sql'>,
  keys: readonly CheckHashKey[],
): Promise<(string | Error)[]> {
  const nameOf = ({ websiteId, revision }: CheckKey) => `${websiteId}/${revision}`
  const distinct = [...new Map(keys.map((key) => [nameOf(key), key])).values()]
  const [checks, versions] = await Promise.all([
    findChecks(store, distinct),
    findCheckVersions(
      store.sql,
      keys.map(({ roundAt }) => roundAt.getTime()),
    ),
  ])
  const checkOf = new Map(distinct.map((key, index) => [nameOf(key), checks[index]]))
  const made = new Map<string, string>()
  return keys.map((key) => {
    const check = checkOf.get(nameOf(key)) ?? new Error(`no check for ${nameOf(key)}`)
    const version = versions.get(key.roundAt.getTime())
    if (check instanceof Error) return check
    if (version === undefined) return new Error(`the round of ${key.roundAt.toISOString()} is not there`)
    const name = `${nameOf(key)}/${version}`
    const hash = made.get(name) ?? checkHash(check, version)
    made.set(name, hash)
    return hash
  })
}
