import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { unlessStalled } from './unless-stalled.js'

/** What a peer is promised. */
const ANSWERED_WITHIN_MS = 5_000

describe('a submission that waits', () => {
  beforeEach(() => void vi.useFakeTimers())
  afterEach(() => void vi.useRealTimers())

  it('is given up within five seconds where nothing gets stored, also when something just was', async () => {
    for (const laterMs of [-Infinity, -1, 2_900]) {
      const last = performance.now() + laterMs
      const outcome = unlessStalled(new Promise(() => undefined), { lastCommitAt: () => last }).catch(String)
      await vi.advanceTimersByTimeAsync(ANSWERED_WITHIN_MS)
      await expect(Promise.race([outcome, Promise.resolve('waits')])).resolves.toBe(
        'Error: nothing could be stored for too long',
      )
    }
    expect(vi.getTimerCount()).toBe(0)
  })

  it('waits as long as others are stored, and gets its own answer', async () => {
    let last = 0
    const storing = setInterval(() => {
      last = performance.now()
    }, 1_000)
    const own = new Promise((resolve) => {
      setTimeout(() => resolve('stored'), 60_000)
    })
    const outcome = unlessStalled(own, { lastCommitAt: () => last })
    await vi.advanceTimersByTimeAsync(60_000)
    clearInterval(storing)
    await expect(outcome).resolves.toBe('stored')
    expect(vi.getTimerCount()).toBe(0)
  })
})
