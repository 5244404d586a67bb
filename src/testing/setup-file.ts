import { afterAll, afterEach, beforeEach, expect, vi } from 'vitest'
import { closeTestStores } from './test-store.js'

/** Libraries that meet something unexpected tell the console: no test may pass over it. */
beforeEach(() => {
  vi.spyOn(console, 'error')
  vi.spyOn(console, 'warn')
})

afterEach(() => {
  // eslint-disable-next-line no-console -- what is watched
  for (const spy of [vi.mocked(console.error), vi.mocked(console.warn)]) {
    const calls = [...spy.mock.calls]
    spy.mockRestore()
    expect(calls).toEqual([])
  }
})

afterAll(closeTestStores)
