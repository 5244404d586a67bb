import type { MachineClock } from '../../clock.js'
import { SECOND_MS } from '../../time.js'
import { TypedDocumentString } from '../client/graphql.js'
import type { ReportEvent } from '../agent-event.js'
import type { HubSocket } from './open-hub-socket.js'

/** More than from one round to the next of most hubs. */
const QUIET_MS = 90 * SECOND_MS

/** By hand: hubs of others may not have it. */
const CONNECTED_SINCE = new TypedDocumentString<
  { viewer: { connectedSince?: unknown } | null },
  Record<string, never>
>(`
  query ConnectedSince {
    viewer {
      ... on Validator {
        connectedSince
      }
    }
  }
`)

export interface TakeoverWatch {
  /** Over a connection that has subscribed just now. */
  begin(socket: HubSocket): Promise<void>
  /** Tasks came: this connection is the key's newest. */
  hadTasks(): void
  rest(): void
}

/** Of a key's several connections the hub gives the newest the tasks. An older one, which gets none, asks and tells why. */
export function noticeTakeover(clock: MachineClock, report: ReportEvent): TakeoverWatch {
  let current: HubSocket | null = null
  let ownSince: string | null = null
  let isTold = false
  let cancel = () => {}

  async function readSince(socket: HubSocket): Promise<string | null> {
    const since = (await socket.ask(CONNECTED_SINCE, {}))?.data?.viewer?.connectedSince
    return typeof since === 'string' ? since : null
  }
  function lookLater(socket: HubSocket): void {
    cancel()
    if (ownSince !== null && current === socket) {
      cancel = clock.at(clock.now() + QUIET_MS, () => void look(socket))
    }
  }
  async function look(socket: HubSocket): Promise<void> {
    const since = await readSince(socket)
    if (current !== socket) return
    if (since !== null && since !== ownSince && !isTold) {
      isTold = true
      report({ event: 'TAKEN_OVER', since })
    }
    lookLater(socket)
  }
  return {
    async begin(socket) {
      current = socket
      ownSince = null
      const since = await readSince(socket)
      if (current !== socket) return
      ownSince = since
      lookLater(socket)
    },
    hadTasks() {
      isTold = false
      if (current !== null) lookLater(current)
    },
    rest() {
      current = null
      cancel()
    },
  }
}
