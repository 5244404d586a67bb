import type { ReportEvent } from './agent-event.js'

export interface StopParts {
  finishWork: () => Promise<void>
  leave: () => Promise<void>
  report: ReportEvent
}

/** Both may be asked for again, and `leave` on top of `finishWork`: it runs once and both wait for it. */
export function stopOnce({ finishWork, leave, report }: StopParts): {
  close: () => Promise<void>
  abort: () => Promise<void>
} {
  let closed: Promise<void> | null = null
  let left: Promise<void> | null = null
  let giveUp = () => {}
  const givenUp = new Promise<void>((resolve) => {
    giveUp = resolve
  })

  async function leaveAndTell(): Promise<void> {
    await leave()
    report({ event: 'STOPPED' })
  }
  function abort(): Promise<void> {
    giveUp()
    left ??= leaveAndTell()
    return left
  }
  async function finishAndLeave(): Promise<void> {
    report({ event: 'STOPPING' })
    await Promise.race([finishWork(), givenUp])
    await abort()
  }
  return {
    close() {
      closed ??= left ?? finishAndLeave()
      return closed
    },
    abort,
  }
}
