import type { MachineClock } from '../../clock.js'
import { parseInstant } from '../../protocol/text-forms.js'
import { SECOND_MS } from '../../time.js'
import { TypedDocumentString } from '../client/graphql.js'
import type { HubClock } from './hub-clock.js'
import type { HubSocket } from './open-hub-socket.js'

/** Tasks come when their round begins, by the hub's clock. Those that come earlier or later than that make the agent ask. */
const EARLY_MS = 50
const LATE_MS = 2 * SECOND_MS
/** Then the tasks are taken up by the time as it was. */
const PATIENCE_MS = 3 * SECOND_MS

/** By hand: hubs of others may not have it. */
const NOW = new TypedDocumentString<{ now: unknown }, Record<string, never>>(`
  query Now {
    now
  }
`)

export interface RoundTimes {
  roundAt: number
  deadlineAt: number
}

export interface HubTime {
  /** Learns the hub's time over a new connection. */
  ask(socket: HubSocket): Promise<void>
  /** Resolves when the clock fits these tasks, as far as that can be had; `null` for at once. */
  fit(tasks: readonly RoundTimes[], socket: HubSocket | null): Promise<void> | null
}

/** Keeps the hub's clock right: asked with every connection, and again when a round comes at a time that it should not. */
export function followHubTime(clock: HubClock, machine: MachineClock, onLearnt: () => void): HubTime {
  /** Hubs without it are asked once a connection. */
  let isSilent: HubSocket | null = null
  let askedFor = Number.NaN
  let asking: Promise<void> | null = null

  async function read(socket: HubSocket): Promise<boolean> {
    if (isSilent === socket) return false
    const sentAt = machine.elapsedMs()
    const result = await socket.ask(NOW, {})
    const answeredAt = machine.elapsedMs()
    const said = result?.data?.now
    const hubNow = typeof said === 'string' ? parseInstant(said) : null
    if (hubNow === null) {
      if (result !== null) isSilent = socket
      return false
    }
    learn(hubNow, sentAt, answeredAt)
    return true
  }
  function learn(hubNow: number, sentAt: number, answeredAt: number): void {
    clock.learn({ hubNow, sentAt, answeredAt })
    onLearnt()
  }
  async function askAgain(tasks: RoundTimes, socket: HubSocket | null): Promise<void> {
    const cameAt = machine.elapsedMs()
    const isAnswered = socket !== null && (await within(machine, read(socket)))
    // Without a word of the hub's, its tasks tell: their round has begun, and it is not over.
    const isOver = clock.now() >= tasks.deadlineAt
    if (!isAnswered && (isEarly(tasks, clock.now()) || isOver)) learn(tasks.roundAt, cameAt, cameAt)
  }
  return {
    async ask(socket) {
      await read(socket)
    },
    fit(tasks, socket) {
      const odd = tasks.find(
        (times) => times.roundAt !== askedFor && (isEarly(times, clock.now()) || isLate(times, clock.now())),
      )
      if (odd === undefined) return asking
      askedFor = odd.roundAt
      const asked = askAgain(odd, socket).finally(() => {
        if (asking === asked) asking = null
      })
      asking = asked
      return asked
    },
  }
}

const isEarly = ({ roundAt }: RoundTimes, now: number) => roundAt > now + EARLY_MS
const isLate = ({ roundAt }: RoundTimes, now: number) => now > roundAt + LATE_MS

async function within(machine: MachineClock, answer: Promise<boolean>): Promise<boolean> {
  let cancel = () => {}
  const late = new Promise<boolean>((resolve) => {
    cancel = machine.at(machine.now() + PATIENCE_MS, () => resolve(false))
  })
  const isAnswered = await Promise.race([answer, late])
  cancel()
  return isAnswered
}
