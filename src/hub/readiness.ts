import type { Parts } from '../parts.js'
import { READINESS_CHECK_MS, READINESS_KEPT_MS } from '../limits.js'
import { readMigrations } from '../store/read-migrations.js'
import type { Store } from '../store/store.js'
import { findClockFault } from './clock-fault.js'
import type { DiskRoom } from './disk-room.js'
import { findLateRounds } from '../round/find-late-rounds.js'
import type { HubParts } from './hub-parts.js'
import { waitAtMost } from '../http/wait-at-most.js'

type Finding = 'ok' | 'failing'

export interface Readiness {
  ready: boolean
  running: Finding
  database: Finding
  migrations: Finding
  /** Always passes on PostgreSQL, whose disk this hub does not see. */
  disk: Finding
  /** Rounds are closed in their time. */
  rounds: Finding
  /** The machine's clock, beside PostgreSQL's and the newest closed round. */
  clock: Finding
  /** What the operator should know or do, in sentences; also of what leaves the hub ready. */
  notes: readonly string[]
}

type Findings = Omit<Readiness, 'ready' | 'running' | 'notes'>

export interface ReadinessProbe {
  /** Looks at most once in READINESS_KEPT_MS. */
  look(): Promise<Readiness>
  /** From now on not ready, so that a load balancer uses another hub. */
  retire(): void
}

type ProbedParts = Pick<Parts, 'store' | 'clock'> &
  DiskRoom &
  Pick<HubParts, 'machine' | 'dropHold' | 'readDatabaseTime'>

export function createReadinessProbe(parts: ProbedParts): ReadinessProbe {
  const { store, clock, hasRoom } = parts
  let running: Finding = 'ok'
  let last: { at: number; found: Promise<{ findings: Findings; notes: string[] }> } | null = null
  const find = async () => {
    const [database, room, rounds, fault] = await Promise.all([
      within(databaseFinding(store), AWAY),
      hasRoom(),
      within(findLateRounds(store, clock.now()), null),
      within(findClockFault(parts, parts.readDatabaseTime), null),
    ])
    const findings: Findings = {
      ...database,
      disk: room ? 'ok' : 'failing',
      rounds: rounds === null ? 'ok' : 'failing',
      clock: fault === null ? 'ok' : 'failing',
    }
    return { findings, notes: [rounds, fault, parts.dropHold.found().note].filter((note) => note !== null) }
  }
  return {
    retire: () => void (running = 'failing'),
    async look() {
      const now = clock.now()
      if (last === null || now - last.at >= READINESS_KEPT_MS || now < last.at) last = { at: now, found: find() }
      const { findings, notes } = await last.found
      const found = { running, ...findings }
      return { ready: Object.values(found).every((finding) => finding === 'ok'), ...found, notes }
    },
  }
}

type DatabaseFindings = Pick<Readiness, 'database' | 'migrations'>

const AWAY: DatabaseFindings = { database: 'failing', migrations: 'failing' }

/** A database that does not answer in time does not answer. */
async function within<Found>(asking: Promise<Found>, otherwise: Found): Promise<Found> {
  let found = otherwise
  const note = async () => {
    found = await asking
  }
  await waitAtMost(
    READINESS_CHECK_MS,
    note().catch(() => undefined),
  )
  return found
}

async function databaseFinding({ sql }: Pick<Store, 'sql'>): Promise<DatabaseFindings> {
  const applied = await sql.query<{ name: string }>(
    `SELECT migration_name AS name FROM "_prisma_migrations" WHERE finished_at IS NOT NULL AND rolled_back_at IS NULL`,
  )
  const names = new Set(applied.map(({ name }) => name))
  const ours = await readMigrations()
  // A migration more than ours: a newer hub has taken the database over.
  const agree = ours.length === names.size && ours.every(({ name }) => names.has(name))
  return { database: 'ok', migrations: agree ? 'ok' : 'failing' }
}
