import { LRUCache } from 'lru-cache'
import type { Parts } from '../parts.js'
import { checkHash } from '../protocol/check-statement.js'
import type { Callback } from '../round/callback-id.js'
import { findChecks } from '../website/find-checks.js'
import { findWebsitesByNo, type AnsweredWebsite } from '../website/find-websites-by-no.js'

/** What the hub itself puts into a tick's statement. */
export interface TaskFacts {
  website: AnsweredWebsite
  /** Hash of the check settings that the task was given with. */
  checkHash: string
}

export interface TaskFactsReader {
  /** Facts of tasks, in their order; null for one that the hub never gave. */
  find(callbacks: readonly Callback[]): Promise<(TaskFacts | null)[]>
}

/** A website's URL and a revision's settings never change, so what was read once stays true. */
const WEBSITES_MAX = 50_000

export function createTaskFactsReader({ store }: Pick<Parts, 'store'>): TaskFactsReader {
  const websites = new LRUCache<number, AnsweredWebsite>({ max: WEBSITES_MAX })
  const hashes = new LRUCache<string, string>({ max: WEBSITES_MAX })
  const revisionOf = ({ websiteNo, checkRevision }: Callback) => `${websiteNo}/${checkRevision}`

  const readWebsites = async (callbacks: readonly Callback[]) => {
    const missing = new Set(callbacks.map((one) => one.websiteNo).filter((no) => !websites.has(no)))
    if (missing.size === 0) return
    for (const [no, website] of await findWebsitesByNo(store, [...missing])) websites.set(no, website)
  }

  const readHashes = async (callbacks: readonly Callback[]) => {
    const missing = new Map(callbacks.map((one) => [revisionOf(one), one]))
    for (const revision of missing.keys()) if (hashes.has(revision)) missing.delete(revision)
    const wanted = [...missing].flatMap(([name, { websiteNo, checkRevision }]) => {
      const website = websites.get(websiteNo)
      return website ? [{ name, websiteId: website.id, revision: checkRevision }] : []
    })
    if (wanted.length === 0) return
    const checks = await findChecks(store, wanted)
    for (const [index, check] of checks.entries()) {
      const name = wanted[index]?.name
      if (name !== undefined && !(check instanceof Error)) hashes.set(name, checkHash(check))
    }
  }

  return {
    async find(callbacks) {
      await readWebsites(callbacks)
      await readHashes(callbacks)
      return callbacks.map((callback) => {
        const website = websites.get(callback.websiteNo)
        const hash = hashes.get(revisionOf(callback))
        return website && hash !== undefined ? { website, checkHash: hash } : null
      })
    },
  }
}
