import { stringify } from 'csv-stringify/sync'
import type { Cell } from './export-source.js'

/** CSV as RFC 4180 has it, or JSON Lines. */
export const EXPORT_FORMATS = ['csv', 'jsonl'] as const
export type ExportFormat = (typeof EXPORT_FORMATS)[number]

export const MEDIA_TYPES: Readonly<Record<ExportFormat, string>> = {
  csv: 'text/csv; charset=utf-8; header=present',
  jsonl: 'application/jsonl; charset=utf-8',
}

export function formatHead(format: ExportFormat, columns: readonly string[]): string {
  return format === 'csv' ? formatCsv([[...columns]]) : ''
}

/** Rows as text, each ended by its line break. */
export function formatRows(format: ExportFormat, columns: readonly string[], rows: readonly Cell[][]): string {
  if (format === 'csv') return formatCsv(rows)
  const lines = rows.map((row) => JSON.stringify(Object.fromEntries(row.map((cell, index) => [columns[index], cell]))))
  return lines.map((line) => `${line}\n`).join('')
}

/** A line feed before a formula hides it from `escape_formulas`, and not from every spreadsheet. */
const HIDDEN_FORMULA = /^[\n\v\f\0]/

function formatCsv(rows: readonly Cell[][]): string {
  return stringify([...rows], {
    record_delimiter: '\r\n',
    // An option of its own once the delimiter is given: a lone line feed, too, ends a row for many readers.
    quote_record_delimiter: true,
    escape_formulas: true,
    cast: { boolean: String, string: (text) => (HIDDEN_FORMULA.test(text) ? `'${text}` : text) },
  })
}
