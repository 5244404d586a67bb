import { LRUCache } from 'lru-cache'
import { gather } from '../graph/batch.js'
import { KNOWN_TASKS_MAX } from '../limits.js'
import type { Parts } from '../parts.js'
import { checkHash, type CheckVersion } from '../protocol/check-statement.js'
import { CHECK_VERSION } from '../protocol/limits.js'
import type { Callback } from '../round/callback-id.js'
import { findCheckVersions } from '../round/find-check-versions.js'
import { findChecks } from '../website/find-checks.js'
import { findWebsitesByNo, type AnsweredWebsite } from '../website/find-websites-by-no.js'

export interface TaskFacts {
  website: AnsweredWebsite
  checkHash: string
}

/** Answers to older ones are late. */
const KNOWN_ROUNDS_MAX = 1_000

export interface TaskFactsReader {
  /** In their order; null for a task that the hub never gave. */
  find(callbacks: readonly Callback[]): Promise<(TaskFacts | null)[]>
}

type TaskKey = Pick<Callback, 'websiteNo' | 'checkRevision'>

/** Of every version of the check statement: the task's round says which counts. */
interface KnownCheck {
  website: AnsweredWebsite
  hashes: Readonly<Record<CheckVersion, string>>
}

/** URLs, revisions and rounds' versions never change, so reads are kept. */
export function createTaskFactsReader({ store }: Pick<Parts, 'store'>): TaskFactsReader {
  const findKnown = keepReads(KNOWN_TASKS_MAX, nameOf, (keys) => readChecks(store, keys), store.rowsPerStatementMax)
  const findVersions = keepReads(KNOWN_ROUNDS_MAX, String, async (roundsAt: readonly number[]) => {
    const versions = await findCheckVersions(store.sql, roundsAt)
    return roundsAt.map((roundAt) => versions.get(roundAt) ?? null)
  })
  return {
    async find(callbacks) {
      const [checks, versions] = await Promise.all([
        findKnown(callbacks),
        findVersions(callbacks.map(({ roundAt }) => roundAt)),
      ])
      return checks.map((check, index) => {
        const version = versions[index]
        return check && version ? { website: check.website, checkHash: check.hashes[version] } : null
      })
    },
  }
}

/** Keeps what is read and is there; whoever asks while a read is under way waits for that one. */
function keepReads<Key, Answer extends object | number>(
  keptMax: number,
  nameOf: (key: Key) => string,
  readMany: (keys: readonly Key[]) => Promise<(Answer | null)[]>,
  rowsMax?: number,
): (keys: readonly Key[]) => Promise<(Answer | null)[]> {
  const known = new LRUCache<string, Answer>({ max: keptMax })
  const underWay = new Map<string, Promise<Answer | null>>()
  const read = gather(readMany, rowsMax)
  const readAndKeep = async (key: Key, name: string): Promise<Answer | null> => {
    try {
      const answer = await read(key)
      if (answer) known.set(name, answer)
      return answer
    } finally {
      underWay.delete(name)
    }
  }
  const load = (key: Key) => {
    const name = nameOf(key)
    const answer = underWay.get(name) ?? readAndKeep(key, name)
    underWay.set(name, answer)
    return answer
  }
  return async (keys) => {
    const answers = keys.map((key) => known.get(nameOf(key)) ?? null)
    const missing = keys.filter((_key, index) => answers[index] === null)
    if (missing.length === 0) return answers
    const loaded = (await Promise.all(missing.map(load))).values()
    return answers.map((one) => one ?? loaded.next().value ?? null)
  }
}

function nameOf({ websiteNo, checkRevision }: TaskKey): string {
  return `${websiteNo}/${checkRevision}`
}

async function readChecks(store: Parts['store'], keys: readonly TaskKey[]): Promise<(KnownCheck | null)[]> {
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
    if (!website || !check || check instanceof Error) return null
    return { website, hashes: { 1: checkHash(check, 1), [CHECK_VERSION]: checkHash(check) } }
  })
}
