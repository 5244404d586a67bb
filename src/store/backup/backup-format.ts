import { z } from 'zod'

/**
 * A backup is gzip of JSON lines: the header; for each table a line that names it, then its rows as arrays of texts or
 * nulls; the sequences; and the end, with row counts and the SHA-256 of every byte before it. Values are PostgreSQL's
 * own texts, so nothing is rounded and both databases read them alike.
 */
export const BACKUP_VERSION = 1

export const headerLine = z.strictObject({
  format: z.literal('overlaps-backup'),
  version: z.literal(BACKUP_VERSION),
  hubVersion: z.string(),
  takenAt: z.iso.datetime(),
  kind: z.enum(['pglite', 'postgres']),
  migrations: z.array(z.strictObject({ name: z.string(), checksum: z.string() })),
})
export type BackupHeader = z.infer<typeof headerLine>

export const tableLine = z.strictObject({
  table: z.string(),
  columns: z.array(z.string()),
  partitions: z.array(z.string()),
})
export type BackupTable = z.infer<typeof tableLine>

export const sequencesLine = z.strictObject({
  sequences: z.array(z.strictObject({ name: z.string(), lastValue: z.string().regex(/^\d+$/).nullable() })),
})

export const endLine = z.strictObject({
  rowCounts: z.record(z.string(), z.int().nonnegative()),
  sha256: z.string(),
})

export interface BackupSummary {
  header: BackupHeader
  rowCounts: Readonly<Record<string, number>>
}

/** Why a file cannot be used, in one sentence for whoever named it. */
export class UnusableBackup extends Error {
  override readonly name = 'UnusableBackup'
}
