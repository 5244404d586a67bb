/** Whether the names of all that was given are told, or only what was switched on or off. */
export type Telling = 'NAMES' | 'SWITCHES'

/** What an input was about, without a text that anybody wrote; null when there is nothing to tell. */
export function describeInput(input: Readonly<Record<string, unknown>>, telling: Telling): string | null {
  const words = Object.entries(input).flatMap(([name, value]) => {
    if (name === 'id' || value === undefined || value === null) return []
    if (typeof value === 'boolean') return [`${name}: ${value}`]
    return telling === 'NAMES' ? [name] : []
  })
  return words.length === 0 ? null : words.join(', ')
}
