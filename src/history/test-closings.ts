import type { VerdictStatus } from '../generated/prisma/client.js'
import type { Store } from '../store/store.js'
import type { ClosingVerdict, RoundClosing } from '../verdict/round-closing.js'
import { addToRollups } from './add-to-rollups.js'

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
  agreed, disagreed, status, "inMaintenance", networks, "quorumBase", "votesNeeded", "goodVotes", "badVotes", "votesSetAside", failures)
SELECT $1::timestamptz, no, 1, starts, lasts, median, 1, 1, 1, 0, status, maintenance, 1, 1, 1, 1, 0, 0, '{}'
FROM unnest($2::int[], $3::int[], $4::int[], $5::int[], $6::"VerdictStatus"[], $7::boolean[])
  AS v(no, starts, lasts, median, status, maintenance)`

/** Closes a round as the closing does, as far as history sees it: verdicts, rollups and the round, all or nothing. */
export async function closeTestRound(
  store: Pick<Store, 'transaction'>,
  roundAt: number,
  verdicts: readonly TestVerdict[],
): Promise<void> {
  const closing = testClosing(roundAt, verdicts)
  const made = closing.verdicts
  await store.transaction(async (sql) => {
    await sql.query(VERDICTS, [
      new Date(roundAt),
      made.map(({ website }) => website.no),
      made.map(({ startsAfterMs }) => startsAfterMs),
      made.map(({ lastsMs }) => lastsMs),
      made.map(
        ({ goodLatenciesUs }) => goodLatenciesUs.toSorted((a, b) => a - b)[(goodLatenciesUs.length - 1) >> 1] ?? null,
      ),
      made.map(({ status }) => status),
      made.map(({ inMaintenance }) => inMaintenance),
    ])
    await addToRollups(sql, closing)
    await sql.query(
      `INSERT INTO "Round" ("roundAt", "deadlineAt", "intervalMs", "keyId", "sealedAt", "closedAt")
       VALUES ($1::timestamptz, $2::timestamptz, $3::int, 1, $2::timestamptz, $2::timestamptz)`,
      [new Date(roundAt), new Date(closing.deadlineAt), INTERVAL_MS],
    )
  })
}
