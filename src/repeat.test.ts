import { describe, expect, it } from 'vitest'
import { repeat } from './repeat.js'
import { createManualClock } from './testing/manual-clock.js'
import { MINUTE_MS } from './time.js'

/** Work that a test ends by hand. */
function startScripted() {
  const clock = createManualClock()
  const ends: { resolve: () => void; reject: (error: unknown) => void }[] = []
  const faults: unknown[] = []
  let signal: AbortSignal | null = null
  const repeated = repeat(
    clock,
    MINUTE_MS,
    (stop) => {
      signal = stop
      return new Promise((resolve, reject) => void ends.push({ resolve, reject }))
    },
    (error) => faults.push(error),
  )
  return { clock, ends, faults, repeated, isStopped: () => signal?.aborted }
}

const settled = async () => new Promise((resolve) => setImmediate(resolve))

describe('repeat', () => {
  it('waits before the first time, and after each until the next', async () => {
    const { clock, ends, repeated } = startScripted()
    clock.advance(MINUTE_MS - 1)
    expect(ends).toHaveLength(0)
    clock.advance(1)
    expect(ends).toHaveLength(1)
    clock.advance(10 * MINUTE_MS)
    expect(ends).toHaveLength(1)
    ends[0]?.resolve()
    await settled()
    clock.advance(MINUTE_MS)
    expect(ends).toHaveLength(2)
    ends[1]?.resolve()
    await repeated.close()
  })

  it('goes on after a failure, which it tells of', async () => {
    const { clock, ends, faults, repeated } = startScripted()
    clock.advance(MINUTE_MS)
    ends[0]?.reject('away')
    await settled()
    expect(faults).toEqual(['away'])
    clock.advance(MINUTE_MS)
    expect(ends).toHaveLength(2)
    ends[1]?.resolve()
    await repeated.close()
  })

  it('begins nothing after its close, and waits for what is being done', async () => {
    const { clock, ends, repeated, isStopped } = startScripted()
    clock.advance(MINUTE_MS)
    let isClosed = false
    const closing = repeated.close().then(() => void (isClosed = true))
    await settled()
    expect([isStopped(), isClosed]).toEqual([true, false])
    ends[0]?.resolve()
    await closing
    expect(clock.pendingCount()).toBe(0)
  })

  it('leaves nothing on the clock when it is closed while it waits', async () => {
    const { clock, repeated } = startScripted()
    await repeated.close()
    expect(clock.pendingCount()).toBe(0)
  })
})
