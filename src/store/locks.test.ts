import { readdir, readFile } from 'node:fs/promises'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { LOCKS } from './locks.js'

const numbers = Object.values(LOCKS)
const INT4_MAX = 2 ** 31 - 1

describe('the advisory locks', () => {
  it('have a number each, and none has that of `prisma migrate`', () => {
    expect(new Set(numbers).size).toBe(numbers.length)
    expect(numbers.filter((number) => number === 72_707_369)).toEqual([LOCKS.PRISMA_MIGRATE])
  })

  it('are integers that may be the first of two keys', () => {
    expect(numbers.filter((number) => !Number.isInteger(number) || number < 1 || number > INT4_MAX)).toEqual([])
  })

  it('stand in one table', async () => {
    const files = (await readdir('src', { recursive: true })).filter(
      (file) => file.endsWith('.ts') && !/\.test\.ts$|^generated/.test(file) && path.basename(file) !== 'locks.ts',
    )
    const texts = await Promise.all(files.map((file) => readFile(path.join('src', file), 'utf8')))
    expect(files.filter((_, index) => /_LOCK = \d/.test(texts[index] ?? ''))).toEqual([])
  })
})
