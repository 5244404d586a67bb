import { vi } from 'vitest'

/** Asks again until it throws no more: bounded, with room for a machine that does other work beside. */
export const eventually = <Result>(holds: () => Result | Promise<Result>) =>
  vi.waitFor(holds, { timeout: 20_000, interval: 10 })
