import type { Sql } from '../store/store.js'

export type Cell = string | number | boolean | null

/** The rows to read of one website: those whose instant lies in `from ≤ … < until`, in Unix milliseconds. */
export interface ExportSpan {
  website: { no: number; id: string }
  from: number
  until: number
  rowsMax: number
}

export interface ExportSource {
  columns: readonly string[]
  /** Whether it goes on after the newest closed round, and after a website's deletion. */
  isLog?: boolean
  /** Pages of rows in the order of an index, each row with its fields in the order of `columns`. */
  read(sql: Sql, span: ExportSpan): AsyncGenerator<Cell[][]>
}

/** Makes a source of the columns by their names and of whatever reads the rows that they are taken from. */
export function exportSource<Row>(
  columns: Readonly<Record<string, (row: Row) => Cell>>,
  readPages: (sql: Sql, span: ExportSpan) => AsyncGenerator<Row[]>,
): ExportSource {
  const makers = Object.values(columns)
  return {
    columns: Object.keys(columns),
    async *read(sql, span) {
      for await (const page of readPages(sql, span)) yield page.map((row) => makers.map((make) => make(row)))
    },
  }
}

/** Reads pages until one is not full. @param readPage reads at most `rowsMax` rows after `last`. */
export async function* readInTurn<Row>(
  rowsMax: number,
  readPage: (last: Row | null) => Promise<Row[]>,
): AsyncGenerator<Row[]> {
  for (let last: Row | null = null; ;) {
    const page: Row[] = await readPage(last)
    if (page.length > 0) yield page
    last = page.at(-1) ?? null
    if (page.length < rowsMax || last === null) return
  }
}

/** An instant as exports spell it. */
export function instant(at: Date): string {
  return at.toISOString()
}

export function instantOrNull(at: Date | null): string | null {
  return at === null ? null : at.toISOString()
}
