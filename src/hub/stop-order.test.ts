import { describe, expect, it } from 'vitest'
import { createStopOrder, STOP_PHASES, StopFault } from './stop-order.js'

const LONG_MS = 60_000
const never = () => new Promise<void>(() => undefined)

describe('the order in which a hub stops', () => {
  it('is that of the phases, and in each from the last to the first, one after the other', async () => {
    const order = createStopOrder(LONG_MS)
    const done: string[] = []
    for (const phase of STOP_PHASES.toReversed()) {
      for (const name of ['first', 'last']) {
        order.add(phase, async () => {
          await new Promise((resolve) => setImmediate(resolve))
          done.push(`${phase} ${name}`)
        })
      }
    }
    await order.stop()
    expect(done).toEqual(STOP_PHASES.flatMap((phase) => [`${phase} last`, `${phase} first`]))
  })

  it('is the same for what another order hands over', async () => {
    const [order, other] = [createStopOrder(LONG_MS), createStopOrder(LONG_MS)]
    const done: string[] = []
    order.add('ROUNDS', () => done.push('first'))
    for (const name of ['second', 'third']) other.add('ROUNDS', () => done.push(name))
    order.take(other)
    order.add('ROUNDS', () => done.push('last'))
    await order.stop()
    expect(done).toEqual(['last', 'third', 'second', 'first'])
  })

  it('is gone through once, however often it is asked for', async () => {
    const order = createStopOrder(LONG_MS)
    let count = 0
    order.add('ROUNDS', () => (count += 1))
    await Promise.all([order.stop(), order.stop()])
    await order.stop()
    expect(count).toBe(1)
  })

  it('goes on after what fails, and tells the first of it', async () => {
    const order = createStopOrder(LONG_MS)
    const [first, second] = [new Error('first'), new Error('second')]
    let isClosed = false
    order.add('DATABASE', () => {
      isClosed = true
    })
    order.add('ANSWERS', () => Promise.reject(second))
    order.add('SOCKETS', () => {
      throw first
    })
    await expect(order.stop()).rejects.toBe(first)
    expect(isClosed).toBe(true)
  })

  it('goes on after what hangs, and tells what does', async () => {
    const order = createStopOrder(20)
    const done: string[] = []
    order.add('ROUNDS', never)
    order.add('SOCKETS', () => done.push('sockets'))
    order.add('ANSWERS', () => done.push('answers'))
    order.add('ANSWERS', never)
    order.add('DATABASE', () => done.push('database'))
    const fault = await order.stop().catch((error: unknown) => error)
    expect(fault).toBeInstanceOf(StopFault)
    expect(fault).toMatchObject({ late: ['ROUNDS', 'ANSWERS'], message: expect.stringContaining('ROUNDS, ANSWERS') })
    expect(done).toEqual(['sockets', 'database'])
  })
})
