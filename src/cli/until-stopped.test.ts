import { describe, expect, test, vi } from 'vitest'
import { createManualClock } from '../testing/manual-clock.js'
import { standInHost } from './fixtures/stand-in-host.js'
import { untilStopped, type Running } from './until-stopped.js'

/** Something that takes as long to start and to stop as the test likes. */
function something(ended?: Promise<void>) {
  let letStart = () => {}
  let letStop = () => {}
  const started = new Promise<void>((resolve) => {
    letStart = resolve
  })
  const stopped = new Promise<void>((resolve) => {
    letStop = resolve
  })
  const close = vi.fn(() => stopped)
  const start = async (): Promise<Running> => {
    await started
    return { close, ...(ended && { ended }) }
  }
  return { start, close, letStart, letStop }
}

/** Promises that have resolved are heard of after this. */
const settle = () => new Promise((resolve) => setImmediate(resolve))

describe('untilStopped', () => {
  test('closes at a request to stop, and listens no more', async () => {
    const host = standInHost()
    const { start, close, letStart, letStop } = something()
    letStart()
    const running = untilStopped(host, start)
    await settle()
    expect(close).not.toHaveBeenCalled()
    host.signal()
    await settle()
    expect(close).toHaveBeenCalledOnce()
    letStop()
    await running
    host.signal()
    expect(host.leaveCount).toBe(0)
  })

  test('takes the signal that npm passes on for the one that the terminal sent', async () => {
    const host = standInHost()
    const clock = createManualClock()
    const { start, close, letStart, letStop } = something()
    letStart()
    const running = untilStopped(host, start, ['SIGINT', 'SIGTERM'], clock)
    await settle()
    host.signal('SIGINT')
    clock.advance(100)
    host.signal('SIGINT')
    expect(host.leaveCount).toBe(0)
    clock.advance(500)
    host.signal('SIGINT')
    expect(host.leaveCount).toBe(1)
    letStop()
    await running
    expect(close).toHaveBeenCalledOnce()
  })

  test('leaves at once at another signal', async () => {
    const host = standInHost()
    const { start, letStart, letStop } = something()
    letStart()
    const running = untilStopped(host, start)
    await settle()
    host.signal('SIGTERM')
    host.signal('SIGINT')
    expect(host.leaveCount).toBe(1)
    letStop()
    await running
  })

  test('waits for the start to end, and says so', async () => {
    const host = standInHost()
    const { start, close, letStart, letStop } = something()
    const running = untilStopped(host, start)
    host.signal()
    await settle()
    expect(close).not.toHaveBeenCalled()
    expect(host.errLines).toEqual(['Stopping as soon as it has started. Once more ends at once.'])
    letStart()
    letStop()
    await running
    expect(close).toHaveBeenCalledOnce()
  })

  test('closes what has come to its own end', async () => {
    const { start, close, letStart, letStop } = something(Promise.resolve())
    letStart()
    letStop()
    await untilStopped(standInHost(), start)
    expect(close).toHaveBeenCalledOnce()
  })

  test('hands on what went wrong at the start or in between', async () => {
    const fault = new Error('no')
    await expect(untilStopped(standInHost(), () => Promise.reject(fault))).rejects.toBe(fault)
    const { start, letStart } = something(Promise.reject(fault))
    letStart()
    await expect(untilStopped(standInHost(), start)).rejects.toBe(fault)
  })

  test('hears only the signals that it is told of', async () => {
    const host = standInHost()
    const { start, close, letStart, letStop } = something()
    letStart()
    letStop()
    const running = untilStopped(host, start)
    await settle()
    host.signal('SIGHUP')
    await settle()
    expect(close).not.toHaveBeenCalled()
    host.signal('SIGTERM')
    await running
  })
})
