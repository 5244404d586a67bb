const GAP = '  '
/** Other people's texts must not control the terminal: control characters, and those that change the direction. */
const UNPRINTABLE = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu

/** The last column is cut where it exceeds `width`; `null` is a pipe or a file, where nothing is cut. */
export function formatTable(
  headings: readonly string[],
  rows: readonly (readonly string[])[],
  width: number | null,
): string {
  const lines = [headings, ...rows].map((cells) => cells.map((cell) => cell.replaceAll(UNPRINTABLE, '?')))
  const widths = headings.map((_heading, column) => Math.max(...lines.map((cells) => (cells[column] ?? '').length)))
  return lines
    .map((cells) =>
      cells
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join(GAP)
        .trimEnd(),
    )
    .map((line) => (width !== null && line.length > width ? `${line.slice(0, width - 1)}…` : line))
    .join('\n')
}
