/** `null` is an absent value. */
export type StatementLine = readonly [name: string, value: string | number | null]

const VALUE = /^[\x21-\x7e]+$/
const ABSENT = '-'

/**
 * PROTOCOL §2. Throws `RangeError` on a value that no statement may hold: rules refuse it before, and this is the last
 * wall, since a line feed inside one value would forge the next line.
 */
export function statementText(kind: string, lines: readonly StatementLine[]): string {
  let text = `${kind}\n`
  for (const [name, value] of lines) text += `${name} ${valueText(name, value)}\n`
  return text
}

function valueText(name: string, value: string | number | null): string {
  if (value === null) return ABSENT
  if (typeof value === 'number') {
    if (!Number.isSafeInteger(value) || value < 0) throw new RangeError(`${name}: no statement holds this number`)
    return String(value)
  }
  if (value === ABSENT || !VALUE.test(value)) throw new RangeError(`${name}: no statement holds this value`)
  return value
}
