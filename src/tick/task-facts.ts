import { LRUCache } from 'lru-cache'
import { gather } from '../graph/batch.js'
import { KNOWN_TASKS_MAX } from '../limits.js'
import type { Parts } from '../parts.js'
import { checkHash } from '../protocol/check-statement.js'
import type { Callback } from '../round/callback-id.js'
import { findChecks } from '../website/find-checks.js'
import { findWebsitesByNo, type AnsweredWebsite } from '../website/find-websites-by-no.js'

export interface TaskFacts {
  website: AnsweredWebsite
  checkHash: string
}

export interface TaskFactsReader {
  /** In their order; null for a task that the hub never gave. */
  find(callbacks: readonly Callback[]): Promise<(TaskFacts | null)[]>
}

type TaskKey = Pick<Callback, 'websiteNo' | 'checkRevision'>

/** URLs and revisions never change, so reads are kept for good; whoever asks while one is under way waits for that one. */
export function createTaskFactsReader({ store }: Pick<Parts, 'store'>): TaskFactsReader {
  const known = new LRUCache<string, TaskFacts>({ max: KNOWN_TASKS_MAX })
  const underWay = new Map<string, Promise<TaskFacts | null>>()
  const read = gather((keys: readonly TaskKey[]) => readFacts(store, keys), store.rowsPerStatementMax)
  const readAndKeep = async (key: TaskKey, name: string) => {
    try {
      const facts = await read(key)
      if (facts) known.set(name, facts)
      return facts
    } finally {
      underWay.delete(name)
    }
  }
  const load = (key: TaskKey) => {
    const name = nameOf(key)
    const facts = underWay.get(name) ?? readAndKeep(key, name)
    underWay.set(name, facts)
    return facts
  }
  return {
    async find(callbacks) {
      const facts = callbacks.map((callback) => known.get(nameOf(callback)) ?? null)
      const missing = callbacks.filter((_callback, index) => facts[index] === null)
      if (missing.length === 0) return facts
      const loaded = (await Promise.all(missing.map(load))).values()
      return facts.map((one) => one ?? loaded.next().value ?? null)
    },
  }
}

function nameOf({ websiteNo, checkRevision }: TaskKey): string {
  return `${websiteNo}/${checkRevision}`
}

async function readFacts(store: Parts['store'], keys: readonly TaskKey[]): Promise<(TaskFacts | null)[]> {
  const websites = await findWebsitesByNo(store, [...new Set(keys.map((key) => key.websiteNo))])
  const checkKeys = keys.map(({ websiteNo, checkRevision }) => ({
    websiteId: websites.get(websiteNo)?.id ?? null,
    revision: checkRevision,
  }))
  const findable = checkKeys.filter((key): key is { websiteId: string; revision: number } => key.websiteId !== null)
  const checks = new Map((await findChecks(store, findable)).map((check, index) => [findable[index], check]))
  return keys.map(({ websiteNo }, index) => {
    const website = websites.get(websiteNo)
    const check = checks.get(checkKeys[index] as (typeof findable)[number])
    return website && check && !(check instanceof Error) ? { website, checkHash: checkHash(check) } : null
  })
}
