import type { VerdictStatus } from '../../generated/prisma/client.js'
import type { Store } from '../../store/store.js'
import type { ClosingVerdict, RoundClosing } from '../../verdict/round-closing.js'
import { addToRollups } from '../../history/add-to-rollups.js'

/** A verdict as a test puts it; what is left out is a Good minute. */
export interface TestVerdict {
  websiteNo: number
  status?: VerdictStatus
  inMaintenance?: boolean
  startsAfterMs?: number
  lastsMs?: number
  goodLatenciesUs?: readonly number[]
}

const INTERVAL_MS = 60_000
const DEADLINE_MS = 45_000

/** A round as its closing hands it on. */
export function testClosing(roundAt: number, verdicts: readonly TestVerdict[]): RoundClosing {
  return {
    roundAt,
    deadlineAt: roundAt + DEADLINE_MS,
    intervalMs: INTERVAL_MS,
    closedAt: roundAt + DEADLINE_MS,
    verdicts: verdicts.map(testVerdict),
  }
}

function testVerdict({ websiteNo, ...given }: TestVerdict): ClosingVerdict {
  const website = { no: websiteNo, id: '', userId: '', name: '', url: '', badToOpen: 2, goodToClose: 2 }
  return {
    website,
    status: 'Good',
    inMaintenance: false,
    startsAfterMs: 0,
    lastsMs: INTERVAL_MS,
    failures: [],
    goodLatenciesUs: [],
    answers: () => [],
    ...given,
  }
}

const VERDICTS = `
INSERT INTO "Verdict" ("roundAt", "websiteNo", "checkRevision", "startsAfterMs", "lastsMs", "medianLatencyUs", asked, answered,
  agreed, disagreed, status, "inMaintenance", "networkCount", "quorumBase", "votesNeeded", "goodVotes", "badVotes", "votesSetAside", failures, "p95LatencyUs")
SELECT "roundAt", no, 1, starts, lasts, median, 1, 1, 1, 0, status::"VerdictStatus", maintenance, 1, 1, 1, 1, 0, 0, '{}', p95
FROM unnest($1::timestamptz[], $2::int[], $3::int[], $4::int[], $5::int[], $6::text[], $7::boolean[], $8::int[])
  AS v("roundAt", no, starts, lasts, median, status, maintenance, p95)`

type PlacedVerdict = TestVerdict & { roundAt: number }

/** Writes verdicts and adds them to the rollups, all or nothing; what else a closing does is left out. */
export async function addTestVerdicts(
  store: Pick<Store, 'transaction'>,
  verdicts: readonly PlacedVerdict[],
): Promise<void> {
  const made = verdicts.map(({ roundAt, ...verdict }) => ({ roundAt, ...testVerdict(verdict) }))
  const byRound = new Map<number, TestVerdict[]>()
  for (const { roundAt, ...verdict } of verdicts) byRound.set(roundAt, [...(byRound.get(roundAt) ?? []), verdict])
  await store.transaction(async (sql) => {
    await sql.query(VERDICTS, [
      made.map(({ roundAt }) => new Date(roundAt)),
      made.map(({ website }) => website.no),
      made.map(({ startsAfterMs }) => startsAfterMs),
      made.map(({ lastsMs }) => lastsMs),
      made.map(({ goodLatenciesUs }) => percentileOf(goodLatenciesUs, 50)),
      made.map(({ status }) => status),
      made.map(({ inMaintenance }) => inMaintenance),
      made.map(({ goodLatenciesUs }) => percentileOf(goodLatenciesUs, 95)),
    ])
    for (const [roundAt, some] of byRound) await addToRollups(sql, testClosing(roundAt, some))
  })
}

/** Makes a round that has been closed, so that its time is told. */
export async function closeTestRound(store: Pick<Store, 'sql'>, roundAt: number): Promise<void> {
  await store.sql.query(
    `INSERT INTO "Round" ("roundAt", "deadlineAt", "intervalMs", "keyId", "sealedAt", "closedAt")
     VALUES ($1::timestamptz, $2::timestamptz, $3::int, 1, $2::timestamptz, $2::timestamptz)`,
    [new Date(roundAt), new Date(roundAt + DEADLINE_MS), INTERVAL_MS],
  )
}

function percentileOf(latenciesUs: readonly number[], percent: number): number | null {
  return latenciesUs.toSorted((a, b) => a - b)[Math.floor(((latenciesUs.length - 1) * percent) / 100)] ?? null
}
