import { readFile } from 'node:fs/promises'
import { describe, expect, it } from 'vitest'

const text = await readFile('SECURITY.md', 'utf8')
const lines = text
  .split('\n')
  .filter((line) => line.startsWith('| ') && !line.startsWith('| it ') && !line.startsWith('| ---'))
  .map((line) => line.split(' | '))

/** The links of a cell: a test's title and its file. */
function linksOf(cell: string): { title: string; file: string }[] {
  return [...cell.matchAll(/\[([^\]]+)\]\(([^)]+)\)/g)].map(([, title = '', file = '']) => ({ title, file }))
}

describe('SECURITY.md', () => {
  it('has all four parties', () => {
    expect(text.match(/^## .+/gm)).toEqual([
      '## Reporting',
      '## What stands here',
      '## A malicious validator',
      '## A malicious owner',
      '## A malicious operator',
      '## An outsider',
    ])
    expect(lines.length).toBeGreaterThan(30)
  })

  it.each(lines)('%s: is shown by tests of these titles', async (_claim, _why, shownBy = '') => {
    const links = linksOf(shownBy)
    expect(links).not.toEqual([])
    // What takes long is run apart; a newcomer's run shows something of each line all the same.
    expect(links.filter(({ file }) => !file.endsWith('.long.test.ts'))).not.toEqual([])
    for (const { title, file } of links) {
      expect(file).toMatch(/\.test\.ts$/)
      const titles = (await readFile(file, 'utf8')).matchAll(/[\w)]\(\s*(['"`])(.*?)\1,/g)
      expect([...titles].map((match) => match[2])).toContain(title)
    }
  })
})
