import { describe, expect, it } from 'vitest'
import { createTurnstile, nextTurn, turn } from './turnstile.js'

const turnOfTheLoop = () => new Promise<void>((resolve) => setImmediate(resolve))

describe('turnstile', () => {
  it('lets one through a turn, in the order of coming', async () => {
    const turnstile = createTurnstile()
    const done: number[] = []
    for (const number of [1, 2, 3]) turnstile.enter(() => done.push(number))
    expect(done).toEqual([])
    const seen: number[][] = []
    while (done.length < 3) {
      await turnOfTheLoop()
      seen.push([...done])
    }
    expect(seen).toEqual([[1], [1, 2], [1, 2, 3]])
  })

  it('lets go on who has begun, a turn each time, before more is begun', async () => {
    const turnstile = createTurnstile()
    const done: string[] = []
    const long = async () => {
      await turn(turnstile)
      for (const part of ['long 1', 'long 2', 'long 3']) {
        if (part !== 'long 1') await nextTurn(turnstile)
        done.push(part)
      }
    }
    const ended = long()
    turnstile.enter(() => done.push('short'))
    for (const count of [1, 2, 3]) {
      await turnOfTheLoop()
      expect(done).toHaveLength(count)
    }
    await turnOfTheLoop()
    expect(done).toEqual(['long 1', 'long 2', 'long 3', 'short'])
    await ended
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
