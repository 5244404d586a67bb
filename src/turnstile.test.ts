import { describe, expect, it } from 'vitest'
import { createTurnstile, turn } from './turnstile.js'

const nextTurn = () => new Promise<void>((resolve) => setImmediate(resolve))

describe('turnstile', () => {
  it('lets one through a turn, in the order of coming', async () => {
    const turnstile = createTurnstile()
    const done: number[] = []
    for (const number of [1, 2, 3]) turnstile.enter(() => done.push(number))
    expect(done).toEqual([])
    const seen: number[][] = []
    while (done.length < 3) {
      await nextTurn()
      seen.push([...done])
    }
    expect(seen).toEqual([[1], [1, 2], [1, 2, 3]])
  })

  it('takes work that comes from work, and opens again after it was empty', async () => {
    const turnstile = createTurnstile()
    const done: string[] = []
    turnstile.enter(() => {
      done.push('first')
      turnstile.enter(() => done.push('second'))
    })
    await turn(turnstile)
    expect(done).toEqual(['first'])
    await turn(turnstile)
    expect(done).toEqual(['first', 'second'])
  })
})
