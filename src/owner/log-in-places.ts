import { validate as isUuid } from 'uuid'
import type { User } from '../generated/prisma/client.js'
import { LOG_IN_PLACE_MS, LOG_IN_PLACES_MAX } from '../limits.js'
import type { Parts } from '../parts.js'
import { addressKey } from '../rates.js'
import type { Sql } from '../store/store.js'
import { readEmail } from './read-email.js'

const CONTEXT = 'overlaps log-in place'

type PlaceParts = Pick<Parts, 'store' | 'clock' | 'keys'>

/** Unless the password has changed meanwhile. */
export async function rememberLogInPlace(
  { store, clock, keys }: PlaceParts,
  { id: userId, passwordHash }: Pick<User, 'id' | 'passwordHash'>,
  address: string,
): Promise<void> {
  const now = clock.now()
  await store.transaction(async (sql) => {
    await sql.query(
      `INSERT INTO "LogInPlace" ("userId", hash, at)
       SELECT u.id, $3, $4 FROM "User" u WHERE u.id = $1 AND u."passwordHash" IS NOT DISTINCT FROM $2 FOR SHARE
       ON CONFLICT ("userId", hash) DO UPDATE SET at = EXCLUDED.at`,
      [userId, passwordHash, hashOf(keys, userId, address), new Date(now)],
    )
    await sql.query(
      `DELETE FROM "LogInPlace" WHERE "userId" = $1 AND (at <= $2 OR hash NOT IN
       (SELECT hash FROM "LogInPlace" WHERE "userId" = $1 ORDER BY at DESC LIMIT $3::int))`,
      [userId, new Date(now - LOG_IN_PLACE_MS), LOG_IN_PLACES_MAX],
    )
  })
}

/** @param account its email address or its owner's ID. */
export async function isLogInPlace(
  { store, clock, keys }: PlaceParts,
  account: string,
  address: string,
): Promise<boolean> {
  // Others are nobody's, and may hold characters that PostgreSQL refuses.
  if (readEmail(account) === null && !isUuid(account)) return false
  const places = await store.sql.query<{ userId: string; hash: Uint8Array }>(
    `SELECT p."userId"::text AS "userId", p.hash FROM "LogInPlace" p JOIN "User" u ON u.id = p."userId"
     WHERE (u.email = $1 OR u.id::text = $1) AND p.at > $2`,
    [account, new Date(clock.now() - LOG_IN_PLACE_MS)],
  )
  return places.some(({ userId, hash }) => hashOf(keys, userId, address).equals(hash))
}

export async function forgetLogInPlaces(sql: Sql, userId: string): Promise<void> {
  await sql.query(`DELETE FROM "LogInPlace" WHERE "userId" = $1`, [userId])
}

function hashOf({ newest }: Parts['keys'], userId: string, address: string): Buffer {
  return newest.mac(CONTEXT, Buffer.from(`${userId}\n${addressKey(address)}`))
}
