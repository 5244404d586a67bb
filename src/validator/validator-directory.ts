import type { KeyObject } from 'node:crypto'
import { LRUCache } from 'lru-cache'
import { KNOWN_VALIDATORS_MAX } from '../limits.js'
import type { Parts } from '../parts.js'
import { importPublicKey } from '../protocol/signature-gate.js'
import { decodePublicKey } from '../protocol/text-forms.js'

/** A registered validator as intake needs it: with its key imported, which costs as much as a verification. */
export interface KnownValidator {
  id: string
  no: number
  publicKey: string
  key: KeyObject
  banned: boolean
}

export interface ValidatorDirectory {
  /** The validator registered under a key, or null. */
  findByKey(publicKey: string): Promise<KnownValidator | null>
  close(): void
}

/** How late a ban on another hub may be noticed; on this one it is noticed at once. */
const ENTRY_LIFETIME_MS = 5_000

export function createValidatorDirectory({
  store,
  bus,
  clock,
}: Pick<Parts, 'store' | 'bus' | 'clock'>): ValidatorDirectory {
  const known = new LRUCache<string, KnownValidator>({
    max: KNOWN_VALIDATORS_MAX,
    ttl: ENTRY_LIFETIME_MS,
    ttlResolution: 0,
    perf: clock,
  })
  let banCount = 0
  const stopListening = bus.subscribe('validatorBanned', ({ publicKey }) => {
    banCount += 1
    known.delete(publicKey)
  })
  return {
    async findByKey(publicKey) {
      const cached = known.get(publicKey)
      if (cached) return cached
      // Nobody is registered under what is no key, and PostgreSQL cannot even be asked for a text with NUL in it.
      if (decodePublicKey(publicKey) === null) return null
      const banCountBefore = banCount
      const validator = await store.prisma.validator.findUnique({
        where: { publicKey },
        select: { id: true, no: true, bannedAt: true },
      })
      const key = validator && (known.peek(publicKey, { allowStale: true })?.key ?? importPublicKey(publicKey))
      if (!validator || !key) return null
      const entry = { id: validator.id, no: validator.no, publicKey, key, banned: validator.bannedAt !== null }
      // What was read before a ban was told of must not outlive it.
      if (banCount === banCountBefore) known.set(publicKey, entry)
      return entry
    },
    close: stopListening,
  }
}
