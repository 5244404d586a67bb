import type { Parts } from '../parts.js'
import { READINESS_CHECK_MS, READINESS_KEPT_MS } from '../limits.js'
import { readMigrations } from '../store/read-migrations.js'
import type { Store } from '../store/store.js'
import type { DiskRoom } from './disk-room.js'
import { waitAtMost } from '../http/wait-at-most.js'

type Finding = 'ok' | 'failing'

export interface Readiness {
  ready: boolean
  running: Finding
  database: Finding
  migrations: Finding
  /** Always passes on PostgreSQL, whose disk this hub does not see. */
  disk: Finding
}

export interface ReadinessProbe {
  /** Looks at most once in READINESS_KEPT_MS. */
  look(): Promise<Readiness>
  /** From now on not ready, so that a load balancer uses another hub. */
  retire(): void
}

export function createReadinessProbe(parts: Pick<Parts, 'store' | 'clock'> & DiskRoom): ReadinessProbe {
  const { store, clock, hasRoom } = parts
  let running: Finding = 'ok'
  let last: { at: number; found: Promise<Omit<Readiness, 'ready' | 'running'>> } | null = null
  const find = async () => {
    const [database, room] = await Promise.all([within(databaseFinding(store)), hasRoom()])
    return { ...database, disk: room ? 'ok' : 'failing' } as const
  }
  return {
    retire: () => void (running = 'failing'),
    async look() {
      const now = clock.now()
      if (last === null || now - last.at >= READINESS_KEPT_MS || now < last.at) last = { at: now, found: find() }
      const found = { running, ...(await last.found) }
      return { ready: Object.values(found).every((finding) => finding === 'ok'), ...found }
    },
  }
}

type DatabaseFindings = Pick<Readiness, 'database' | 'migrations'>

/** A database that does not answer in time counts as away. */
async function within(asking: Promise<DatabaseFindings>): Promise<DatabaseFindings> {
  let found: DatabaseFindings = { database: 'failing', migrations: 'failing' }
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
