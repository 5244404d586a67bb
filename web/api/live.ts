import { createClient, type Client } from 'graphql-ws'
import { useEffect, useState } from 'preact/hooks'
import { token } from '../app/session'
import type { TypedDocumentString } from '../client/graphql'

/** Whether changes arrive; `IDLE` where nobody wants them. `since` is when they stopped, in Unix milliseconds. */
export type Liveness = { kind: 'IDLE' } | { kind: 'CONNECTING' } | { kind: 'LIVE' } | { kind: 'CUT'; since: number }

/** So that the newest state is there within seconds of the hub. */
const RETRY_MAX_MS = 2_000
const SILENCE_MAX_MS = 15_000

let client: { token: string; client: Client } | null = null
let liveness: Liveness = { kind: 'IDLE' }
let subscriptions = 0
const watchers = new Set<(now: Liveness) => void>()

/**
 * Subscribes until the returned function is called; after every gap anew, so that what a subscription first sends closes
 * it. `onRefused` hears what the hub has against it, which repeating would not change.
 */
export function live<Data, Variables extends Record<string, unknown>>(
  document: TypedDocumentString<Data, Variables>,
  variables: Variables,
  onData: (data: Data) => void,
  onRefused: (message: string) => void = () => {},
): () => void {
  const held = token()
  if (held === null) return () => {}
  subscriptions += 1
  if (liveness.kind === 'IDLE') become({ kind: 'CONNECTING' })
  const end = clientOf(held).subscribe<Data>(
    { query: document.toString(), variables },
    {
      next: ({ data, errors }) => {
        if (errors?.[0]) onRefused(errors[0].message)
        else if (data) onData(data)
      },
      error: (error) => {
        // The hub's refusals are a list; anything else is the connection's, which is tried again.
        if (Array.isArray(error)) onRefused((error as { message: string }[])[0]?.message ?? '')
      },
      complete: () => {},
    },
  )
  let isOver = false
  return () => {
    if (isOver) return
    isOver = true
    subscriptions -= 1
    end()
  }
}

export function useLiveness(): Liveness {
  const [now, setNow] = useState(liveness)
  useEffect(() => {
    watchers.add(setNow)
    setNow(liveness)
    return () => void watchers.delete(setNow)
  }, [])
  return now
}

function clientOf(held: string): Client {
  if (client?.token === held) return client.client
  void client?.client.dispose()
  const made = makeClient(held)
  client = { token: held, client: made }
  return made
}

function makeClient(held: string): Client {
  let unanswered: ReturnType<typeof setTimeout> | undefined
  const made = createClient({
    url: `${location.protocol === 'https:' ? 'wss' : 'ws'}://${location.host}/graphql`,
    connectionParams: { authorization: `Bearer ${held}` },
    keepAlive: SILENCE_MAX_MS,
    retryAttempts: Infinity,
    // From page to page the socket stays.
    lazyCloseTimeout: 1_000,
    // Its token is refused: no retry helps.
    shouldRetry: (event) => !(event instanceof CloseEvent && (event.code === 4401 || event.code === 4403)),
    retryWait: (attempt) =>
      new Promise((resolve) => {
        const most = Math.min(RETRY_MAX_MS, 500 * 2 ** attempt)
        setTimeout(resolve, most / 2 + (Math.random() * most) / 2)
      }),
    on: {
      connected: () => become({ kind: 'LIVE' }),
      closed: () => {
        clearTimeout(unanswered)
        // Without a subscription the socket is closed, which cuts nobody off.
        if (subscriptions === 0) become({ kind: 'IDLE' })
        else if (liveness.kind !== 'CUT') become({ kind: 'CUT', since: Date.now() })
      },
      ping(received) {
        if (!received) unanswered = setTimeout(() => made.terminate(), SILENCE_MAX_MS)
      },
      message: () => clearTimeout(unanswered),
    },
  })
  return made
}

function become(next: Liveness): void {
  liveness = next
  for (const watcher of watchers) watcher(next)
}
