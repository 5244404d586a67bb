import { pipeline, type Readable } from 'node:stream'
import { createGzip } from 'node:zlib'
import type { Sql } from '../store.js'
import type { BackupHeader } from './backup-format.js'
import { writeBackup } from './write-backup.js'

/** Reads only as fast as its consumer. `sql` must see one state of the database and outlive the reading. */
export function compressBackup(sql: Sql, header: BackupHeader): AsyncIterable<Uint8Array> {
  const gzip = createGzip()
  // The consumer gets a fault from the stream, which it destroys.
  pipeline(writeBackup(sql, header), gzip, () => undefined)
  return gzip as Readable & AsyncIterable<Uint8Array>
}
