import type { Bench, Stage } from './bench.js'
import { addFigures } from './report.js'

const SIZE = (table: string, alias: string) => `
  SELECT (SELECT sum(pg_total_relation_size(inhrelid)) FROM pg_inherits WHERE inhparent = '"${table}"'::regclass)::float8
    / nullif((SELECT count(*) FROM "${table}"), 0) AS "${alias}"`

/** Bytes on disk of a tick with its index, and of a submission with its signature and leaf hashes. */
export async function measureDisk({ cluster, report }: Bench, { databaseUrl }: Stage, name: string): Promise<void> {
  if (cluster === null || databaseUrl === null) return
  const [tick] = await cluster.query<{ bytes: number }>(databaseUrl, SIZE('WebsiteTick', 'bytes'))
  const [submission] = await cluster.query<{ bytes: number }>(databaseUrl, SIZE('Submission', 'bytes'))
  addFigures(report, name, { bytesPerTick: tick?.bytes ?? 0, bytesPerSubmission: submission?.bytes ?? 0 })
}
