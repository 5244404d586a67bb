import { createReadStream } from 'node:fs'
import { stat } from 'node:fs/promises'
import { pipeline } from 'node:stream'
import { createGunzip, type Gunzip } from 'node:zlib'
import { BACKUP_LINE_MAX_BYTES, BACKUP_ROWS_PER_STATEMENT, BACKUP_STATEMENT_MAX_CHARACTERS } from '../../limits.js'
import { UnusableBackup, type BackupTable } from './backup-format.js'
import { BackupParser, cutOff, foreign, type BackupLine } from './backup-parser.js'

export type BackupPart =
  | Exclude<BackupLine, { kind: 'row' }>
  | { kind: 'rows'; table: BackupTable; texts: readonly string[] }

const LINE_FEED = 10
const INFLATED_PIECE_BYTES = 256 * 1024

/** In constant memory. Trust nothing before `end`. Throws UnusableBackup, or the system's error when it cannot read. */
export async function* readBackup(file: string): AsyncGenerator<BackupPart> {
  const parser = new BackupParser(file)
  let end: BackupPart | null = null
  let texts: string[] = []
  let characters = 0
  let table: BackupTable | null = null
  for await (const lines of readLines(file)) {
    for (const bytes of lines) {
      const line = parser.take(bytes)
      if (line.kind === 'row') {
        table = line.table
        texts.push(line.text)
        characters += line.text.length
      }
      const isFull = texts.length >= BACKUP_ROWS_PER_STATEMENT || characters >= BACKUP_STATEMENT_MAX_CHARACTERS
      if (table && texts.length > 0 && (isFull || line.kind !== 'row')) {
        yield { kind: 'rows', table, texts }
        texts = []
        characters = 0
      }
      if (line.kind === 'end') end = line
      else if (line.kind !== 'row') yield line
    }
  }
  parser.finish()
  if (end) yield end
}

async function* readLines(file: string): AsyncGenerator<Uint8Array[]> {
  const gunzip = createGunzip({ chunkSize: INFLATED_PIECE_BYTES })
  pipeline(createReadStream(file), gunzip, () => undefined)
  let rest: Buffer = Buffer.alloc(0)
  try {
    for await (const piece of gunzip as AsyncIterable<Buffer>) {
      const lines: Uint8Array[] = []
      const bytes = rest.length === 0 ? piece : Buffer.concat([rest, piece])
      let start = 0
      for (let at = bytes.indexOf(LINE_FEED); at !== -1; at = bytes.indexOf(LINE_FEED, start)) {
        lines.push(bytes.subarray(start, at))
        start = at + 1
      }
      rest = bytes.subarray(start)
      yield lines
      if (rest.length > BACKUP_LINE_MAX_BYTES) throw new UnusableBackup(foreign(file))
    }
  } catch (error) {
    throw sayInWords(file, gunzip, error)
  }
  if (rest.length > 0) throw new UnusableBackup(cutOff(file))
  // gunzip silently skips zeros after the end, which nobody wrote.
  if ((await stat(file)).size !== gunzip.bytesWritten) throw new UnusableBackup(`${file} continues after its end.`)
}

function sayInWords(file: string, gunzip: Gunzip, error: unknown): unknown {
  const { code } = error as NodeJS.ErrnoException
  if (code === 'Z_BUF_ERROR') return new UnusableBackup(gunzip.bytesWritten === 0 ? foreign(file) : cutOff(file))
  if (code?.startsWith('Z_') !== true) return error
  // A file that is not gzip inflates to nothing.
  return new UnusableBackup(foreign(file))
}
