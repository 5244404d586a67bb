import { pipeline, type Readable } from 'node:stream'
import { createGzip } from 'node:zlib'
import type { Sql } from '../store.js'
import type { BackupHeader } from './backup-format.js'
import { writeBackup } from './write-backup.js'

/**
 * The bytes of a backup, made as fast as they are taken.
 * @param sql a transaction that sees one state of the database and outlives the taking.
 */
export function compressBackup(sql: Sql, header: BackupHeader): AsyncIterable<Uint8Array> {
  const gzip = createGzip()
  // A fault reaches whoever takes the bytes, by the stream that it destroys.
  pipeline(writeBackup(sql, header), gzip, () => undefined)
  return gzip as Readable & AsyncIterable<Uint8Array>
}
