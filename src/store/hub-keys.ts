import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto'
import { holdLock } from './hold-lock.js'
import { LOCKS } from './locks.js'
import type { Store } from './store.js'

const SECRET_BYTES = 32
/** 128 bits: nobody guesses one, and a callback ID stays short. */
export const MAC_BYTES = 16

/** One key of the hub's. */
export interface HubKey {
  id: number
  /** MAC over `context`, which says what the message is, and the message. */
  mac(context: string, message: Uint8Array): Buffer
}

/** The hub's own keys, by which it knows callback IDs and challenges again. All hubs of a database share them. */
export interface HubKeys {
  /** The newest, which signs. */
  newest: HubKey
  /** A key by its ID; null when there is none. */
  find(id: number): Promise<HubKey | null>
}

/** Reads the keys, and makes the first when there is none. A key that another hub makes later is read when it is met. */
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

/** Compares two MACs in a time that tells nothing of where they differ. */
export function sameMac(expected: Uint8Array, presented: Uint8Array): boolean {
  return expected.length === presented.length && timingSafeEqual(expected, presented)
}
