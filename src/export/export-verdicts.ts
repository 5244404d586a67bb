import { sumOf } from '../abstention/abstention-count.js'
import type { RoundKind, VerdictStatus } from '../generated/prisma/client.js'
import { ABSTENTION_REASONS } from '../protocol/abstention.js'
import { FAILURE_CLASSES } from '../protocol/tick.js'
import { exportSource, instant, readInTurn, type Cell } from './export-source.js'

interface StoredRow {
  roundAt: Date
  roundKind: RoundKind
  deadlineAt: Date
  intervalMs: number
  rule: string | null
  closedAt: Date | null
  checkRevision: number
  status: VerdictStatus
  inMaintenance: boolean
  startsAfterMs: number
  lastsMs: number
  networkCount: number
  quorumBase: number
  votesNeeded: number
  goodVotes: number
  badVotes: number
  votesSetAside: number
  asked: number
  answered: number
  agreed: number
  disagreed: number
  medianLatencyUs: number | null
  p95LatencyUs: number | null
  failures: number[] | null
  abstentions: number[]
  root: string | null
}

type VerdictRow = StoredRow & { website: string }

/** Along the primary key. */
const PAGE = `
SELECT v.*, r.kind::text AS "roundKind", r."deadlineAt", r."intervalMs", r.rule, r."closedAt"
FROM (
  SELECT "roundAt", "checkRevision", status::text AS status, "inMaintenance", "startsAfterMs", "lastsMs",
    "networkCount"::int AS "networkCount", "quorumBase"::int AS "quorumBase", "votesNeeded"::int AS "votesNeeded",
    "goodVotes"::int AS "goodVotes", "badVotes"::int AS "badVotes", "votesSetAside"::int AS "votesSetAside",
    asked, answered, agreed, disagreed, "medianLatencyUs", "p95LatencyUs", failures, abstentions,
    encode(root, 'hex') AS root
  FROM "Verdict"
  WHERE "websiteNo" = $1::int AND "roundAt" > $2::timestamptz AND "roundAt" < $3::timestamptz
  ORDER BY "roundAt" LIMIT $4::int
) v JOIN "Round" r ON r."roundAt" = v."roundAt" AND r."roundAt" > $2::timestamptz AND r."roundAt" < $3::timestamptz
ORDER BY v."roundAt"`

/** `failures_dns` and so on. */
function countColumns(
  prefix: string,
  names: readonly string[],
  read: (row: VerdictRow) => readonly number[] | null,
): Record<string, (row: VerdictRow) => Cell> {
  const column = (name: string, index: number) =>
    [`${prefix}_${name.toLowerCase()}`, (row: VerdictRow) => read(row)?.[index] ?? 0] as const
  return Object.fromEntries(names.map(column))
}

export const VERDICTS = exportSource<VerdictRow>(
  {
    round_at: (row) => instant(row.roundAt),
    website: (row) => row.website,
    round_kind: (row) => row.roundKind,
    deadline_at: (row) => instant(row.deadlineAt),
    interval_ms: (row) => row.intervalMs,
    rule: (row) => row.rule,
    check_revision: (row) => row.checkRevision,
    status: (row) => row.status,
    in_maintenance: (row) => row.inMaintenance,
    starts_after_ms: (row) => row.startsAfterMs,
    lasts_ms: (row) => row.lastsMs,
    network_count: (row) => row.networkCount,
    quorum_base: (row) => row.quorumBase,
    votes_needed: (row) => row.votesNeeded,
    good_votes: (row) => row.goodVotes,
    bad_votes: (row) => row.badVotes,
    votes_set_aside: (row) => row.votesSetAside,
    asked: (row) => row.asked,
    answered: (row) => row.answered,
    agreed: (row) => row.agreed,
    disagreed: (row) => row.disagreed,
    median_latency_us: (row) => row.medianLatencyUs,
    p95_latency_us: (row) => row.p95LatencyUs,
    ...countColumns('failures', FAILURE_CLASSES, ({ failures }) => failures),
    could_not_check: (row) => sumOf(row.abstentions),
    ...countColumns('abstentions', ABSTENTION_REASONS, ({ abstentions }) => abstentions),
    root: (row) => row.root,
  },
  async function* (sql, { website, from, until, rowsMax }) {
    const pages = readInTurn<StoredRow>(rowsMax, (last) =>
      sql.query(PAGE, [website.no, last?.roundAt ?? new Date(from - 1), new Date(until), rowsMax]),
    )
    for await (const page of pages) {
      yield page.filter(({ closedAt }) => closedAt !== null).map((row) => ({ ...row, website: website.id }))
    }
  },
)
