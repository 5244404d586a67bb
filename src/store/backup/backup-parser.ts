import { createHash } from 'node:crypto'
import { z } from 'zod'
import {
  BACKUP_VERSION,
  endLine,
  headerLine,
  sequencesLine,
  tableLine,
  UnusableBackup,
  type BackupHeader,
  type BackupTable,
} from './backup-format.js'
import type { SequenceState } from './describe-tables.js'

/** A row stays the text that it is. */
export type BackupLine =
  | { kind: 'header'; header: BackupHeader }
  | { kind: 'table'; table: BackupTable }
  | { kind: 'row'; table: BackupTable; text: string }
  | { kind: 'sequences'; sequences: readonly SequenceState[] }
  | { kind: 'end'; rowCounts: Readonly<Record<string, number>> }

const ROW_START = '['
const anyHeader = z.looseObject({ format: z.literal('overlaps-backup'), version: z.int(), hubVersion: z.string() })

/** Takes the lines of one backup in order. Returns its `end` only if counts and checksum match. */
export class BackupParser {
  readonly #file: string
  readonly #hash = createHash('sha256')
  readonly #rowCounts = new Map<string, number>()
  #stage: 'BEGIN' | 'TABLES' | 'SEQUENCES' | 'END' = 'BEGIN'
  #table: BackupTable | null = null

  constructor(file: string) {
    this.#file = file
  }

  /** @throws UnusableBackup when the line is not valid here. */
  take(bytes: Uint8Array): BackupLine {
    const line = this.#read(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('utf8'))
    if (!line) throw new UnusableBackup(`${this.#file} is damaged: its content is not what was written.`)
    if (line.kind !== 'end') this.#hash.update(bytes).update('\n')
    return line
  }

  /** @throws UnusableBackup unless the end has been taken. */
  finish(): void {
    if (this.#stage === 'END') return
    throw new UnusableBackup(
      this.#stage === 'BEGIN' ? `${this.#file} is not a backup of Overlaps: it is empty.` : cutOff(this.#file),
    )
  }

  #read(text: string): BackupLine | null {
    switch (this.#stage) {
      case 'BEGIN':
        this.#stage = 'TABLES'
        return { kind: 'header', header: readHeader(this.#file, text) }
      case 'TABLES':
        return this.#table && text.startsWith(ROW_START) ? this.#readRow(this.#table, text) : this.#readTable(text)
      case 'SEQUENCES':
        return this.#readEnd(text)
      case 'END':
        return null
    }
  }

  #readRow(table: BackupTable, text: string): BackupLine {
    this.#rowCounts.set(table.table, (this.#rowCounts.get(table.table) ?? 0) + 1)
    return { kind: 'row', table, text }
  }

  #readTable(text: string): BackupLine | null {
    const table = parse(tableLine, text)
    if (!table) return this.#readSequences(text)
    if (this.#rowCounts.has(table.table)) return null
    this.#rowCounts.set(table.table, 0)
    this.#table = table
    return { kind: 'table', table }
  }

  #readSequences(text: string): BackupLine | null {
    const line = parse(sequencesLine, text)
    this.#stage = 'SEQUENCES'
    return line && { kind: 'sequences', sequences: line.sequences }
  }

  #readEnd(text: string): BackupLine | null {
    const line = parse(endLine, text)
    const counted = Object.fromEntries(this.#rowCounts)
    if (line?.sha256 !== this.#hash.digest('hex')) return null
    if (JSON.stringify(line.rowCounts) !== JSON.stringify(counted)) return null
    this.#stage = 'END'
    return { kind: 'end', rowCounts: counted }
  }
}

export function cutOff(file: string): string {
  return `${file} is cut off: it ends before its last line.`
}

export function foreign(file: string): string {
  return `${file} is not a backup of Overlaps: it does not start like one.`
}

function readHeader(file: string, text: string): BackupHeader {
  const header = parse(headerLine, text)
  if (header) return header
  const other = parse(anyHeader, text)
  if (!other || other.version === BACKUP_VERSION) throw new UnusableBackup(foreign(file))
  throw new UnusableBackup(
    `${file} is of format ${other.version}, and this version of Overlaps reads format ${BACKUP_VERSION}: use the version that made it (${other.hubVersion}).`,
  )
}

function parse<Line>(form: z.ZodType<Line>, text: string): Line | null {
  try {
    return form.safeParse(JSON.parse(text)).data ?? null
  } catch {
    return null
  }
}
