import { describe, expect, test, vi } from 'vitest'
import { eventually } from '../testing/eventually.js'
import { createManualClock } from '../testing/manual-clock.js'
import { standInHost } from '../testing/cli/stand-in-host.js'
import { untilStopped, type Running } from './until-stopped.js'

/** Starts and stops when the test says so. */
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

const quiet = { tellCrash: () => {} }

/** Lets resolved promises run. */
const settle = () => new Promise((resolve) => setImmediate(resolve))

describe('untilStopped', () => {
  test('closes at a request to stop, and listens no more', async () => {
    const host = standInHost()
    const { start, close, letStart, letStop } = something()
    letStart()
    const running = untilStopped(host, start, quiet)
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
    const running = untilStopped(host, start, { ...quiet, clock })
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
    const running = untilStopped(host, start, quiet)
    await settle()
    host.signal('SIGTERM')
    host.signal('SIGINT')
    expect(host.leaveCount).toBe(1)
    letStop()
    await running
  })

  test('ends well when the start breaks off because it was told to stop, and not for another reason', async () => {
    const host = standInHost()
    const running = untilStopped(
      host,
      (stopping) =>
        new Promise((_resolve, reject) => {
          stopping.addEventListener('abort', () => reject(stopping.reason as Error))
        }),
      quiet,
    )
    host.signal()
    await expect(running).resolves.toBeUndefined()
    expect(host.leaveCount).toBe(0)
    const failing = untilStopped(host, () => Promise.reject(new Error('port taken')), quiet)
    host.signal()
    await expect(failing).rejects.toThrow('port taken')
  })

  test('waits for the start to end, and says so', async () => {
    const host = standInHost()
    const { start, close, letStart, letStop } = something()
    const running = untilStopped(host, start, quiet)
    host.signal()
    await settle()
    expect(close).not.toHaveBeenCalled()
    expect(host.errLines).toEqual(['Stopping as soon as it has started. Ask again to stop at once.'])
    letStart()
    letStop()
    await running
    expect(close).toHaveBeenCalledOnce()
  })

  test('closes what has come to its own end', async () => {
    const { start, close, letStart, letStop } = something(Promise.resolve())
    letStart()
    letStop()
    await untilStopped(standInHost(), start, quiet)
    expect(close).toHaveBeenCalledOnce()
  })

  test('hands on what went wrong at the start or in between', async () => {
    const fault = new Error('no')
    await expect(untilStopped(standInHost(), () => Promise.reject(fault), quiet)).rejects.toBe(fault)
    const { start, letStart } = something(Promise.reject(fault))
    letStart()
    await expect(untilStopped(standInHost(), start, quiet)).rejects.toBe(fault)
  })

  test('hears only the signals that it is told of', async () => {
    const host = standInHost()
    const { start, close, letStart, letStop } = something()
    letStart()
    letStop()
    const running = untilStopped(host, start, quiet)
    await settle()
    host.signal('SIGHUP')
    await settle()
    expect(close).not.toHaveBeenCalled()
    host.signal('SIGTERM')
    await running
  })

  test('tells what did not stop in good order, and leaves it', async () => {
    const host = standInHost()
    const told: unknown[] = []
    const fault = new Error('hangs')
    await untilStopped(host, async () => ({ close: () => Promise.reject(fault), ended: Promise.resolve() }), {
      tellCrash: (error) => told.push(error),
    })
    expect(told).toEqual([fault])
    expect(host.leaveCount).toBe(1)
  })
})

describe('a crash', () => {
  const bug = new Error('a bug')

  test('is told, stops what runs in good order, and then leaves', async () => {
    const host = standInHost()
    const { start, close, letStart, letStop } = something()
    const told: unknown[] = []
    letStart()
    const running = untilStopped(host, start, { tellCrash: (error) => told.push(error) })
    await settle()
    host.crash(bug)
    await settle()
    expect(told).toEqual([bug])
    expect(close).toHaveBeenCalledOnce()
    expect(host.leaveCount).toBe(0)
    const second = new Error('another')
    host.crash(second)
    letStop()
    await running
    await settle()
    expect(told).toEqual([bug, second])
    expect(close).toHaveBeenCalledOnce()
    expect(host.leaveCount).toBe(1)
    host.crash(bug)
    expect(told).toHaveLength(2)
  })

  test('leaves what does not stop in time', async () => {
    const host = standInHost()
    const { start, letStart, letStop } = something()
    letStart()
    const running = untilStopped(host, start, { ...quiet, crashedStopMs: 1 })
    await settle()
    host.crash(bug)
    await eventually(() => expect(host.leaveCount).toBe(1))
    letStop()
    await running
  })

  test('during the start is told too, and what was started is closed', async () => {
    const host = standInHost()
    const { start, close, letStart, letStop } = something()
    const running = untilStopped(host, start, quiet)
    host.crash(bug)
    expect(close).not.toHaveBeenCalled()
    letStart()
    letStop()
    await running
    await settle()
    expect(close).toHaveBeenCalledOnce()
    expect(host.leaveCount).toBe(1)
  })
})
