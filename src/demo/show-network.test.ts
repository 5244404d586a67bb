import { describe, expect, test } from 'vitest'
import type { NetworkView } from './network-view.js'
import { createDisplay, type Screen } from './show-network.js'

function view(roundCount: number): NetworkView {
  return {
    roundCount,
    roundAt: '2026-11-22T13:00:00.000Z',
    websites: [{ name: 'steady shop', status: 'Good', ratio: 1, medianUs: 1_000, answers: [] }],
    validators: [],
  }
}

function screenOf(size: { columns: number; rows: number } | null, showsColours = false) {
  const lines: string[] = []
  const drawn: string[] = []
  const screen: Screen = {
    out: (line) => void lines.push(line),
    draw: (text) => void drawn.push(text),
    terminalSize: () => size,
    showsColours,
  }
  return { screen, lines, drawn }
}

describe('on a terminal', () => {
  test('the table is drawn over itself', () => {
    const { screen, lines, drawn } = screenOf({ columns: 80, rows: 24 })
    const display = createDisplay(screen, 12)
    display.show(view(1), 'soon')
    display.show(view(1), 'sooner')
    expect(drawn[0]).not.toContain('\u001B')
    const lineCount = (drawn[0] ?? '').split('\n').length - 1
    expect(drawn[1]).toMatch(new RegExp(`^\u001B\\[${lineCount}F\u001B\\[J`))
    expect(drawn[1]).toMatch(/sooner\n$/)
    expect(lines).toEqual([])
  })

  test('no line is longer than the terminal is wide', () => {
    const { screen, drawn } = screenOf({ columns: 20, rows: 24 })
    createDisplay(screen, 12).show(view(1), 'a footer that is far too long')
    expect(Math.max(...(drawn[0] ?? '').split('\n').map((line) => line.length))).toBe(19)
  })

  test('a status has its colour', () => {
    const { screen, drawn } = screenOf({ columns: 80, rows: 24 }, true)
    createDisplay(screen, 12).show(view(1), '')
    expect(drawn[0]).toContain('\u001B[32mGood\u001B[39m')
  })
})

describe.each([
  ['a pipe', null],
  ['a terminal that is too low', { columns: 80, rows: 5 }],
])('on %s', (_, size) => {
  test('each round is printed once, without control characters', () => {
    const { screen, lines, drawn } = screenOf(size)
    const display = createDisplay(screen, 12)
    for (const count of [0, 1, 1, 2]) display.show(view(count), 'soon')
    expect(lines.filter((line) => line.startsWith('round '))).toHaveLength(2)
    for (const words of ['\u001B', 'soon']) expect(lines.join('\n')).not.toContain(words)
    expect(drawn).toEqual([])
  })
})
