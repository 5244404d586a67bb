import { afterEach, beforeEach, describe, expect, it, vi, type Mock } from 'vitest'
import { unlessStalled } from './unless-stalled.js'

/** What a peer is promised. */
const ANSWERED_WITHIN_MS = 5_000

/** Whatever else in this process has a timer: this one's is gone. */
async function expectNoMoreLooks(lastCommitAt: Mock<() => number>): Promise<void> {
  const looks = lastCommitAt.mock.calls.length
  expect(looks).toBeGreaterThan(0)
  await vi.advanceTimersByTimeAsync(60_000)
  expect(lastCommitAt.mock.calls).toHaveLength(looks)
}

describe('a submission that waits', () => {
  beforeEach(() => void vi.useFakeTimers())
  afterEach(() => void vi.useRealTimers())

  it('is given up within five seconds where nothing gets stored, also when something just was', async () => {
    for (const laterMs of [-Infinity, -1, 2_900]) {
      const last = performance.now() + laterMs
      const lastCommitAt = vi.fn(() => last)
      const outcome = unlessStalled(new Promise(() => undefined), { lastCommitAt }).catch(String)
      await vi.advanceTimersByTimeAsync(ANSWERED_WITHIN_MS)
      await expect(Promise.race([outcome, Promise.resolve('waits')])).resolves.toBe(
        'Error: nothing could be stored for too long',
      )
      await expectNoMoreLooks(lastCommitAt)
    }
  })

  it('waits as long as others are stored, and gets its own answer', async () => {
    let last = 0
    const storing = setInterval(() => {
      last = performance.now()
    }, 1_000)
    const own = new Promise((resolve) => {
      setTimeout(() => resolve('stored'), 60_000)
    })
    const lastCommitAt = vi.fn(() => last)
    const outcome = unlessStalled(own, { lastCommitAt })
    await vi.advanceTimersByTimeAsync(60_000)
    clearInterval(storing)
    await expect(outcome).resolves.toBe('stored')
    await expectNoMoreLooks(lastCommitAt)
  })
})
