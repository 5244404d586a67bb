import type { Sql } from '../store/store.js'
import type { StoredTick } from './find-tick.js'
import type { Submission } from './submission.js'

export type KeptSubmission = Pick<Submission, 'hub' | 'batch' | 'signature' | 'leaves'>

const LEAF_BYTES = 32

/** A submission is filed under the newest round that it answers, up to a day after the tick's own. */
const SUBMISSIONS = `
SELECT s.id::text AS id, s.hub, s.batch, s.signature, s.leaves
FROM unnest($1::bigint[], $2::timestamptz[]) AS q(id, "roundAt")
JOIN "Submission" s ON s.id = q.id
  AND s."roundAt" >= q."roundAt" AND s."roundAt" < q."roundAt" + interval '1 day'`

interface Row {
  id: string
  hub: string
  batch: boolean
  signature: Uint8Array
  leaves: Uint8Array
}

/** The submissions that brought these ticks, by ID, in one statement. */
export async function findSubmissions(
  { sql }: { sql: Sql },
  ticks: readonly Pick<StoredTick, 'submissionId' | 'roundAt'>[],
): Promise<Map<bigint, KeptSubmission>> {
  const roundOf = new Map(ticks.map((tick) => [tick.submissionId, tick.roundAt]))
  const rows = await sql.query<Row>(SUBMISSIONS, [[...roundOf.keys()].map(String), [...roundOf.values()]])
  return new Map(
    rows.map(({ id, hub, batch, signature, leaves }) => [
      BigInt(id),
      { hub, batch, signature: Buffer.from(signature), leaves: splitLeaves(Buffer.from(leaves)) },
    ]),
  )
}

export function splitLeaves(bytes: Buffer): Buffer[] {
  return Array.from({ length: bytes.length / LEAF_BYTES }, (_, index) =>
    bytes.subarray(index * LEAF_BYTES, (index + 1) * LEAF_BYTES),
  )
}
