import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto'
import { holdLock } from './hold-lock.js'
import { LOCKS } from './locks.js'
import type { Store } from './store.js'

const SECRET_BYTES = 32
/** 128 bits cannot be guessed, and callback IDs stay short. */
export const MAC_BYTES = 16

export interface HubKey {
  id: number
  /** `context` says what kind of message it is, so that a MAC of one kind is never valid for another. */
  mac(context: string, message: Uint8Array): Buffer
}

/** The keys that authenticate callback IDs and challenges. All hubs of a database share them. */
export interface HubKeys {
  /** Signs; the others only verify. */
  newest: HubKey
  find(id: number): Promise<HubKey | null>
}

/** Reads the keys, and makes the first if there is none. Keys that other hubs make later are read on first use. */
export async function openHubKeys(store: Pick<Store, 'prisma' | 'transaction'>): Promise<HubKeys> {
  await store.transaction(async (sql) => {
    await holdLock(sql, LOCKS.FIRST_KEY)
    await sql.query(
      `INSERT INTO "HubKey" (secret) SELECT decode($1, 'hex') WHERE NOT EXISTS (SELECT 1 FROM "HubKey")`,
      [randomBytes(SECRET_BYTES).toString('hex')],
    )
  })
  const keys = new Map<number, HubKey>()
  const read = async () => {
    for (const { id, secret } of await store.prisma.hubKey.findMany({ orderBy: { id: 'asc' } })) {
      keys.set(id, { id, mac: (context, message) => macWith(secret, context, message) })
    }
  }
  await read()
  const newest = [...keys.values()].at(-1)
  if (!newest) throw new Error('the database has no hub key')
  return {
    newest,
    async find(id) {
      if (id > newest.id && !keys.has(id)) await read()
      return keys.get(id) ?? null
    },
  }
}

function macWith(secret: Uint8Array, context: string, message: Uint8Array): Buffer {
  return createHmac('sha256', secret).update(context).update('\n').update(message).digest().subarray(0, MAC_BYTES)
}

/** In constant time. */
export function sameMac(expected: Uint8Array, presented: Uint8Array): boolean {
  return expected.length === presented.length && timingSafeEqual(expected, presented)
}
