import { readFile } from 'node:fs/promises'
import { describe, expect, it } from 'vitest'
import { EXPORT_KINDS, EXPORT_SOURCES } from '../../src/export/export-kinds.js'

const text = await readFile('docs/owners.md', 'utf8')

/** The first cells of the table under a heading. */
function firstCells(heading: string): string[] {
  const section = text.split(`${heading}\n`)[1]?.split(/^#+ /m)[0] ?? ''
  return [...section.matchAll(/^\| `(\w+)`/gm)].map((match) => match[1] ?? '')
}

describe('the columns of an export', () => {
  it.each(EXPORT_KINDS)('of %s are those that owners.md says', (kind) => {
    expect(firstCells(`### Columns of ${kind}`)).toEqual(EXPORT_SOURCES[kind].columns)
  })

  it('are of all kinds', () => {
    expect(firstCells('## Export').slice(0, EXPORT_KINDS.length)).toEqual([...EXPORT_KINDS])
  })
})
