import type { FailureClass, WebsiteStatus } from '../protocol/tick.js'
import type { Sql } from '../store/store.js'
import { exportSource, instant, instantOrNull, readInTurn, type ExportSpan } from './export-source.js'
import { findValidators, type ExportedValidator } from './find-validators.js'
import { readRoundNetworks } from './read-round-networks.js'

interface StoredRow {
  roundAt: Date
  validatorNo: number
  checkRevision: number
  status: WebsiteStatus
  failure: FailureClass | null
  detail: string | null
  httpStatus: number | null
  latencyUs: number | null
  dnsUs: number | null
  connectUs: number | null
  tlsUs: number | null
  firstByteUs: number | null
  remoteAddress: string | null
  certificateExpiresAt: Date | null
  checkedAt: Date
  submission: string
  leafIndex: number
  leaf: string | null
}

interface TickRow extends StoredRow {
  website: string
  validator: ExportedValidator
  network: number | null
  setAside: boolean
  rewardLamports: string | null
}

/** A submission is filed under the newest round that it answers; it is looked up row by row, so that no plan reads a day of them. */
const PAGE = `
SELECT t.*, (
    SELECT encode(substring(s.leaves FROM t."leafIndex" * 32 + 1 FOR 32), 'hex') FROM "Submission" s
    WHERE s.id = t.submission::bigint
      AND s."roundAt" >= t."roundAt" AND s."roundAt" < t."roundAt" + interval '1 day' LIMIT 1
  ) AS leaf
FROM (
  SELECT "roundAt", "validatorNo", "checkRevision", status::text AS status, failure::text AS failure, detail,
    "httpStatus", "latencyUs", "dnsUs", "connectUs", "tlsUs", "firstByteUs", "remoteAddress", "certificateExpiresAt",
    "checkedAt", "submissionId"::text AS submission, "leafIndex"::int AS "leafIndex"
  FROM "WebsiteTick"
  WHERE "websiteNo" = $1::int AND "roundAt" >= $2::timestamptz AND "roundAt" < $3::timestamptz
    AND ("roundAt", "validatorNo") > ($2::timestamptz, $4::int)
  ORDER BY "roundAt", "validatorNo" LIMIT $5::int
) t ORDER BY t."roundAt", t."validatorNo"`

/** How many rounds' rosters are held at a time: each names every validator that was asked. */
const ROUNDS_AT_ONCE = 50

export const TICKS = exportSource<TickRow>(
  {
    round_at: (row) => instant(row.roundAt),
    website: (row) => row.website,
    validator: (row) => row.validator.id,
    validator_no: (row) => row.validatorNo,
    public_key: (row) => row.validator.publicKey,
    network: (row) => row.network,
    set_aside: (row) => row.setAside,
    check_revision: (row) => row.checkRevision,
    status: (row) => row.status,
    failure: (row) => row.failure,
    detail: (row) => row.detail,
    http_status: (row) => row.httpStatus,
    latency_us: (row) => row.latencyUs,
    dns_us: (row) => row.dnsUs,
    connect_us: (row) => row.connectUs,
    tls_us: (row) => row.tlsUs,
    first_byte_us: (row) => row.firstByteUs,
    remote_address: (row) => row.remoteAddress,
    certificate_expires_at: (row) => instantOrNull(row.certificateExpiresAt),
    checked_at: (row) => instant(row.checkedAt),
    submission: (row) => row.submission,
    leaf_index: (row) => row.leafIndex,
    leaf: (row) => row.leaf,
    reward_lamports: (row) => row.rewardLamports,
  },
  async function* (sql, { website, from, until, rowsMax }: ExportSpan) {
    const pages = readInTurn<StoredRow>(rowsMax, (last) =>
      sql.query(PAGE, [website.no, last?.roundAt ?? new Date(from), new Date(until), last?.validatorNo ?? 0, rowsMax]),
    )
    for await (const page of pages) {
      for (const rows of byRounds(page)) yield complete(sql, website.id, rows)
    }
  },
)

/** Ticks of rounds that are not closed are nobody's to see yet. */
async function complete(sql: Sql, website: string, rows: readonly StoredRow[]): Promise<TickRow[]> {
  const roundsAt = rows.map(({ roundAt }) => roundAt).filter((at, index, all) => !isSame(at, all[index - 1]))
  const networks = await readRoundNetworks(sql, roundsAt)
  const validators = await findValidators(
    sql,
    rows.map(({ validatorNo }) => validatorNo),
  )
  return rows.flatMap((row) => {
    const round = networks.get(row.roundAt.getTime())
    const validator = validators.get(row.validatorNo)
    if (!round || !validator) return []
    const { rewardLamports } = round
    const network = round.numberOf.get(row.validatorNo) ?? null
    const setAside = network !== null && round.setAside.has(network)
    return [{ ...row, website, validator, network, setAside, rewardLamports }]
  })
}

function* byRounds(page: readonly StoredRow[]): Generator<StoredRow[]> {
  let start = 0
  let rounds = 0
  for (const [index, { roundAt }] of page.entries()) {
    if (isSame(roundAt, page[index - 1]?.roundAt)) continue
    rounds += 1
    if (rounds % ROUNDS_AT_ONCE === 1 && index > 0) {
      yield page.slice(start, index)
      start = index
    }
  }
  yield page.slice(start)
}

function isSame(at: Date, other: Date | undefined): boolean {
  return at.getTime() === other?.getTime()
}
