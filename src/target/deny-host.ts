import type { DeniedHost } from '../generated/prisma/client.js'
import { refuse, type Refusal } from '../graph/problem.js'
import { DENIED_HOSTS_MAX } from '../limits.js'
import type { Parts } from '../parts.js'
import { readHostName } from '../protocol/host-name.js'
import { holdLock } from '../store/hold-lock.js'
import { LOCKS } from '../store/locks.js'

const REASON_LENGTH_MAX = 500
/** Owners are shown it in a sentence: no line breaks and no control characters. */
const REASON = /^[^\p{Control}\p{Line_Separator}\p{Paragraph_Separator}]+$/u

export type DenyHostResult =
  | { kind: 'denied'; deniedHost: DeniedHost }
  | Refusal<'INVALID_HOST' | 'INVALID_REASON' | 'TOO_MANY_HOSTS'>

/**
 * Has nothing sent to a host, nor to what lies below a name, from the next round on. One that is denied already is denied
 * for the new reason.
 */
export async function denyHost(
  { store, clock }: Pick<Parts, 'store' | 'clock'>,
  input: { host: string; reason: string },
): Promise<DenyHostResult> {
  const host = readHostName(input.host.trim())
  if (host === null) {
    return refuse(
      'INVALID_HOST',
      'host must be a name or an address alone, such as example.com, 203.0.113.7 or 2001:db8::1.',
    )
  }
  const reason = input.reason.trim()
  if (!REASON.test(reason) || reason.length > REASON_LENGTH_MAX) {
    return refuse(
      'INVALID_REASON',
      `reason must be one line of 1 to ${REASON_LENGTH_MAX} characters: owners are shown it.`,
    )
  }
  return store.transaction(async (sql): Promise<DenyHostResult> => {
    await holdLock(sql, LOCKS.DENY_LIST)
    const [row] = await sql.query<{ count: number }>(
      `SELECT count(*)::int AS count FROM "DeniedHost" WHERE host <> $1`,
      [host],
    )
    if ((row?.count ?? 0) >= DENIED_HOSTS_MAX) {
      return refuse('TOO_MANY_HOSTS', `The deny-list holds ${DENIED_HOSTS_MAX} hosts already; allow one first.`)
    }
    const [deniedHost] = await sql.query<DeniedHost>(
      `INSERT INTO "DeniedHost" (host, reason, "createdAt") VALUES ($1, $2, $3)
       ON CONFLICT (host) DO UPDATE SET reason = excluded.reason RETURNING host, reason, "createdAt"`,
      [host, reason, new Date(clock.now())],
    )
    if (!deniedHost) throw new Error('an insert returned no host')
    return { kind: 'denied', deniedHost }
  })
}

/** Takes a host off the deny-list. @returns what stood there; null when it was not on it. */
export async function allowHost(
  { store }: Pick<Parts, 'store'>,
  { host: text }: { host: string },
): Promise<DeniedHost | null> {
  const host = readHostName(text.trim())
  if (host === null) return null
  const [allowed] = await store.sql.query<DeniedHost>(
    `DELETE FROM "DeniedHost" WHERE host = $1 RETURNING host, reason, "createdAt"`,
    [host],
  )
  return allowed ?? null
}
