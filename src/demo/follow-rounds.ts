import { createClient } from 'graphql-ws'
import { WebSocket } from 'ws'
import type { Network } from './start-network.js'

const WEBSITE_CHANGED = `subscription WebsiteChanged { websiteChanged { cause } }`

interface Follower {
  onRoundEnded(): void
  onFault(error: unknown): void
}

/** Calls back at the end of each round, once for each website. Returns a function that stops. */
export function followRounds(
  { url, ownerToken }: Pick<Network, 'url' | 'ownerToken'>,
  { onRoundEnded, onFault }: Follower,
): () => Promise<void> {
  const client = createClient({
    url: `${url.replace(/^http/, 'ws')}/graphql`,
    webSocketImpl: WebSocket,
    connectionParams: { authorization: `Bearer ${ownerToken}` },
    retryAttempts: 0,
  })
  client.subscribe<{ websiteChanged: { cause: string } }>(
    { query: WEBSITE_CHANGED },
    {
      next({ data, errors }) {
        if (errors) onFault(new Error(errors[0]?.message))
        else if (data?.websiteChanged.cause === 'ROUND_ENDED') onRoundEnded()
      },
      error: onFault,
      complete: () => {},
    },
  )
  return async () => client.dispose()
}
