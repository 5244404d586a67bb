import { expect, it } from 'vitest'
import { formatPosition, parsePosition } from './tick-position.js'

it('reads back what it wrote', () => {
  const position = { roundAt: Date.parse('2026-11-22T13:00:00.000Z'), validatorNo: 999_999_999 }
  expect(formatPosition(position)).toBe('2026-11-22T13:00:00.000Z/999999999')
  expect(parsePosition(formatPosition(position))).toEqual(position)
})

it.each([
  'x',
  '/',
  '2026-11-22T13:00:00.000Z',
  '2026-11-22T13:00:00.000Z/',
  '2026-11-22T13:00:00Z/1',
  '2026-11-31T13:00:00.000Z/1',
  '2026-11-22T13:00:00.000Z/0',
  '2026-11-22T13:00:00.000Z/01',
  '2026-11-22T13:00:00.000Z/-1',
  '2026-11-22T13:00:00.000Z/1.5',
  '2026-11-22T13:00:00.000Z/99999999999',
  '2026-11-22T13:00:00.000Z/1/1',
  '2026-11-22T13:00:00.000Z/1 ',
])('refuses %j', (cursor) => {
  expect(parsePosition(cursor)).toBeNull()
})
