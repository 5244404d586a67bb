import type { TestHub } from '../test-hub.js'

/** When the rounds of `fillRounds` begin. */
export const FIRST_ROUND_AT = Date.parse('2026-11-22T08:00:00.000Z')

/** Sends for an export as an owner would. */
export function fetchExport(
  hub: TestHub,
  file: string,
  parameters: Record<string, string> = {},
  { token = hub.ownerToken, ...init }: Pick<RequestInit, 'method' | 'body'> & { token?: string | null } = {},
): Promise<Response> {
  const query = new URLSearchParams(parameters).toString()
  return fetch(`${hub.url}/export/${file}${query === '' ? '' : `?${query}`}`, {
    ...init,
    headers: token === null ? {} : { authorization: `Bearer ${token}` },
  })
}

/** The rows of an export as JSON Lines. */
export async function readExport<Row = Record<string, unknown>>(
  hub: TestHub,
  kind: string,
  parameters: Record<string, string> = {},
): Promise<Row[]> {
  const response = await fetchExport(hub, `${kind}.jsonl`, parameters)
  const text = await response.text()
  if (response.status !== 200) throw new Error(text)
  return text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as Row)
}

/** Rounds a minute apart from `FIRST_ROUND_AT` on, closed, with `validators` validators of which each two share a network. */
const ROUNDS = `
WITH round AS (
  SELECT $1::timestamptz + n * interval '1 minute' AS at FROM generate_series(0, $2::int - 1) n
), made AS (
  INSERT INTO "Round" ("roundAt", "deadlineAt", "intervalMs", "keyId", "sealedAt", "closedAt", rule, "setAside")
  SELECT at, at + interval '45 seconds', 60000, 1, at + interval '45 seconds', at + interval '45 seconds', 'test-v1',
    '{203.0.113.0/24}' FROM round
), asked AS (
  SELECT array_agg(no ORDER BY no) AS nos,
    array_agg(CASE no % 4 / 2 WHEN 0 THEN '198.51.100.0/24' ELSE '203.0.113.0/24' END ORDER BY no) AS networks
  FROM "Validator"
)
INSERT INTO "RoundRoster" ("roundAt", "hubId", rule, seed, "websiteNos", "checkRevisions", "validatorNos", networks)
SELECT at, gen_random_uuid(), 'all-to-all-v1', '', (SELECT array_agg(no ORDER BY no) FROM "Website"),
  (SELECT array_agg("checkRevision" ORDER BY no) FROM "Website"), nos, networks FROM round, asked`

/** One tick of each validator for each website and round, and a verdict of each. */
const TICKS = `
INSERT INTO "WebsiteTick" ("roundAt", "checkedAt", "submissionId", "websiteNo", "validatorNo", "checkRevision",
  "latencyUs", status, "httpStatus", "leafIndex")
SELECT r."roundAt", r."roundAt" + interval '1 second', row_number() OVER (), w.no, v.no, 1, 120000, 'Good', 200, 0
FROM "Round" r, "Website" w, "Validator" v`
const SUBMISSIONS = `
INSERT INTO "Submission" (id, "roundAt", "receivedAt", "validatorNo", batch, hub, signature, leaves)
SELECT DISTINCT "submissionId", "roundAt", "roundAt", "validatorNo", false, 'http://hub', '\\x00'::bytea,
  sha256(convert_to("submissionId" || '/' || "roundAt", 'UTF8')) FROM "WebsiteTick"`
const VERDICTS = `
INSERT INTO "Verdict" ("roundAt", "websiteNo", "checkRevision", "startsAfterMs", "lastsMs", "medianLatencyUs", asked,
  answered, agreed, disagreed, status, "inMaintenance", "networkCount", "quorumBase", "votesNeeded", "goodVotes", "badVotes",
  "votesSetAside", failures, root, "p95LatencyUs")
SELECT r."roundAt", w.no, 1, 0, 60000, 120000, 4, 4, 4, 0, 'Good', false, 2, 2, 2, 2, 0, 0, '{}', NULL, 180000
FROM "Round" r, "Website" w`

/** Fills a database by SQL, where answers would take hours. */
export async function fillRounds(
  { parts: { store } }: Pick<TestHub, 'parts'>,
  { rounds, validators, proofs = true }: { rounds: number; validators: number; proofs?: boolean },
): Promise<void> {
  await store.sql.query(
    `INSERT INTO "Validator" (id, "publicKey")
     SELECT gen_random_uuid(), 'key' || n FROM generate_series(1, $1::int) n`,
    [validators],
  )
  await store.sql.query(ROUNDS, [new Date(FIRST_ROUND_AT), rounds])
  for (const statement of [TICKS, ...(proofs ? [SUBMISSIONS] : []), VERDICTS]) await store.sql.query(statement)
}
