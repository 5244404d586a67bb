/** The bare parts, each alone: inserting into the hub's own tables, and verifying on the thread pool. */
import { generateKeyPairSync, sign } from 'node:crypto'
import { importPublicKey, verifySignature } from '../../src/protocol/signature-gate.js'
import { encodePublicKey } from '../../src/protocol/text-forms.js'
import { migrate } from '../../src/store/migrate.js'
import { openPglite } from '../../src/store/open-pglite.js'
import { openPostgres } from '../../src/store/open-postgres.js'
import { ensurePartitions } from '../../src/store/partitions.js'
import { readMigrations } from '../../src/store/read-migrations.js'
import type { Store } from '../../src/store/store.js'
import { answerCommands } from '../answer-commands.js'

export type LimitCommand =
  | { do: 'open'; database: string | null; dataDir: string }
  | { do: 'insert'; rows: number; forMs: number }
  | { do: 'verify'; forMs: number }
  | { do: 'close' }

export interface LimitAnswer {
  count: number
  elapsedMs: number
}

const VALIDATORS = 50
/** In flight at once; the pool has four threads. */
const VERIFICATIONS = 64

const INSERT = `
WITH tick AS (
  INSERT INTO "WebsiteTick" ("roundAt", "checkedAt", "certificateExpiresAt", "submissionId", "websiteNo", "validatorNo",
    "checkRevision", "latencyUs", "dnsUs", "connectUs", "tlsUs", "firstByteUs", status, "httpStatus", "leafIndex",
    "remoteAddress")
  SELECT to_timestamp(r / 1000.0), to_timestamp(r / 1000.0), to_timestamp(e / 1000.0), s, w, v, c, l, d, n, t, f,
    g::"WebsiteStatus", h, i, a
  FROM unnest($1::bigint[], $2::bigint[], $3::bigint[], $4::int[], $5::int[], $6::int[], $7::int[], $8::int[],
    $9::int[], $10::int[], $11::int[], $12::text[], $13::smallint[], $14::smallint[], $15::text[])
    AS u(r, e, s, w, v, c, l, d, n, t, f, g, h, i, a)
  ON CONFLICT DO NOTHING
  RETURNING "validatorNo"
), earned AS (
  SELECT "validatorNo", count(*) AS ticks FROM tick GROUP BY 1
)
UPDATE "Validator" v SET "pendingPayouts" = v."pendingPayouts" + e.ticks * 100 FROM earned e WHERE v.no = e."validatorNo"`

let store: Store | null = null
let roundAt = Date.now()

async function open(database: string | null, dataDir: string): Promise<void> {
  store = await (database === null ? openPglite(dataDir, () => undefined) : openPostgres(database, () => undefined))
  await migrate(store, await readMigrations())
  await ensurePartitions(store, roundAt)
  const publicKeys = Array.from({ length: VALIDATORS }, (_, index) => `validator-${index}`)
  await store.prisma.validator.createMany({ data: publicKeys.map((publicKey) => ({ publicKey })) })
}

/** Like a commit of the hub: batches of several validators, one website after another. */
function columnsOf(rows: number): unknown[][] {
  roundAt += 1
  const column = <Value>(of: (index: number) => Value) => Array.from({ length: rows }, (_, index) => of(index))
  const perValidator = Math.ceil(rows / VALIDATORS)
  const constant = (value: number | string) => column(() => value)
  return [
    constant(roundAt),
    constant(roundAt + 6_000_000_000),
    column((index) => Math.floor(index / perValidator)),
    column((index) => (index % perValidator) + 1),
    column((index) => Math.floor(index / perValidator) + 1),
    constant(1),
    ...[42_123, 1_200, 8_000, 11_000, 40_001].map(constant),
    constant('Good'),
    constant(200),
    column((index) => index % perValidator),
    constant('203.0.113.80'),
  ]
}

async function insert(rows: number, forMs: number): Promise<LimitAnswer> {
  const count = async () => {
    const [row] = (await store?.sql.query<{ n: number }>('SELECT count(*)::int AS n FROM "WebsiteTick"')) ?? []
    return row?.n ?? 0
  }
  const before = await count()
  const startedAt = performance.now()
  while (performance.now() - startedAt < forMs) {
    await store?.sql.query(INSERT, columnsOf(rows))
    // PGlite answers within one turn of the event loop: without this nothing else would ever run.
    await new Promise(setImmediate)
  }
  const elapsedMs = performance.now() - startedAt
  return { count: (await count()) - before, elapsedMs }
}

async function verify(forMs: number): Promise<LimitAnswer> {
  const pair = generateKeyPairSync('ed25519')
  const raw = Buffer.from(pair.publicKey.export({ format: 'der', type: 'spki' }).subarray(12))
  const key = importPublicKey(encodePublicKey(raw))
  if (key === null) throw new Error('a good key was refused')
  // The length of a tick's statement.
  const text = 'x'.repeat(700)
  const signature = sign(null, Buffer.from(text), pair.privateKey).toString('base64')
  let count = 0
  const startedAt = performance.now()
  const lane = async () => {
    while (performance.now() - startedAt < forMs) {
      if (!(await verifySignature(key, text, signature))) throw new Error('a good signature was refused')
      count += 1
    }
  }
  await Promise.all(Array.from({ length: VERIFICATIONS }, lane))
  return { count, elapsedMs: performance.now() - startedAt }
}

answerCommands(async (command: LimitCommand) => {
  switch (command.do) {
    case 'open':
      return open(command.database, command.dataDir)
    case 'insert':
      return insert(command.rows, command.forMs)
    case 'verify':
      return verify(command.forMs)
    case 'close':
      return store?.close()
  }
})
