import { describe, expect, it } from 'vitest'
import { formatHead, formatRows } from './export-format.js'
import type { Cell } from './export-source.js'

const csv = (...cells: Cell[]) => formatRows('csv', [], [cells])

describe('CSV', () => {
  it.each<[Cell, string]>([
    [null, ''],
    ['', ''],
    [0, '0'],
    [-5, '-5'],
    [true, 'true'],
    [false, 'false'],
    ['plain', 'plain'],
    ['a,b', '"a,b"'],
    ['say "no"', '"say ""no"""'],
    ['two\r\nlines', '"two\r\nlines"'],
    ['line\nfeed', '"line\nfeed"'],
    ['carriage\rreturn', '"carriage\rreturn"'],
    ['Überlauf — 漢字', 'Überlauf — 漢字'],
  ])('spells %j as %j', (cell, text) => {
    expect(csv(cell, 1)).toBe(`${text},1\r\n`)
  })

  it.each(['=1+1', '+1', '-1', '@SUM(A1)', '\t=1', '\r=1', '\n=1', '＝1', '=cmd|"/c calc",1'])(
    'never begins a field with what a spreadsheet would run: %j',
    (text) => {
      expect(csv(text)).toMatch(/^"?'/)
    },
  )

  it('names its columns first', () => {
    expect(formatHead('csv', ['a', 'b'])).toBe('a,b\r\n')
  })

  it('has no row for no rows', () => {
    expect(formatRows('csv', ['a'], [])).toBe('')
  })
})

describe('JSON Lines', () => {
  it('are objects, each on a line of its own, with null for what is absent', () => {
    const rows = [
      [1, null],
      ['=1\n', true],
    ]
    expect(formatHead('jsonl', ['a', 'b'])).toBe('')
    expect(formatRows('jsonl', ['a', 'b'], rows)).toBe('{"a":1,"b":null}\n{"a":"=1\\n","b":true}\n')
  })
})
