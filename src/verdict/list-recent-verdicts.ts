import type { VerdictStatus } from '../generated/prisma/client.js'
import type { Store } from '../store/store.js'

export interface RecentVerdict {
  roundAt: Date
  status: VerdictStatus
  inMaintenance: boolean
  medianLatencyUs: number | null
}

type Packed = [roundAtMs: number, status: VerdictStatus, inMaintenance: boolean, medianLatencyUs: number | null]

/** Packed by the database: a driver takes some microseconds for each field of each row, and there are thousands. */
const RECENT = `
SELECT (w.place - 1)::int AS place, x.verdicts
FROM unnest($1::int[], $2::int[]) WITH ORDINALITY AS w(no, most, place) CROSS JOIN LATERAL (
  SELECT json_agg(json_build_array((extract(epoch FROM v."roundAt") * 1000)::float8, v.status, v."inMaintenance",
    v."medianLatencyUs") ORDER BY v."roundAt") AS verdicts
  FROM (
    SELECT "roundAt", status, "inMaintenance", "medianLatencyUs" FROM "Verdict"
    WHERE "websiteNo" = w.no AND "roundAt" >= $3::timestamptz AND "roundAt" <= $4::timestamptz
    ORDER BY "roundAt" DESC LIMIT w.most
  ) v
) x`

export interface AskedRecent {
  websiteNo: number
  last: number
}

/** The newest verdicts of each website, the oldest of them first: one statement for any number of websites. */
export async function listRecentVerdicts(
  { sql }: Pick<Store, 'sql'>,
  asked: readonly AskedRecent[],
  { from, to }: { from: number; to: number },
): Promise<RecentVerdict[][]> {
  const rows = await sql.query<{ place: number; verdicts: Packed[] | null }>(RECENT, [
    asked.map(({ websiteNo }) => websiteNo),
    asked.map(({ last }) => last),
    new Date(from),
    new Date(to),
  ])
  const lists = asked.map((): RecentVerdict[] => [])
  for (const { place, verdicts } of rows) lists[place] = (verdicts ?? []).map(unpack)
  return lists
}

function unpack([roundAtMs, status, inMaintenance, medianLatencyUs]: Packed): RecentVerdict {
  return { roundAt: new Date(roundAtMs), status, inMaintenance, medianLatencyUs }
}
