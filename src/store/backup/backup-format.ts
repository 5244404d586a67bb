import { z } from 'zod'

/**
 * A backup is gzip of UTF-8 lines of JSON: the header; for each table a line that names it and then its rows, an array
 * of texts (or null) for each in the order of its columns; the sequences; and the end, with the count of rows of each
 * table and the SHA-256 of every byte before it. A value is the text that PostgreSQL gives for it and takes for it, so
 * that nothing is rounded and both databases read it alike.
 */
export const BACKUP_VERSION = 1

export const headerLine = z.strictObject({
  format: z.literal('overlaps-backup'),
  version: z.literal(BACKUP_VERSION),
  /** The version of Overlaps that made it. */
  hubVersion: z.string(),
  takenAt: z.iso.datetime(),
  /** The database that it was taken from. */
  kind: z.enum(['pglite', 'postgres']),
  /** What that database was made by, oldest first. */
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

/** What a whole backup holds. */
export interface BackupSummary {
  header: BackupHeader
  /** By table. */
  rowCounts: Readonly<Record<string, number>>
}

/** Why a file cannot be used, in one sentence for the person who named it. */
export class UnusableBackup extends Error {
  override readonly name = 'UnusableBackup'
}
