import { useEffect, useState } from 'preact/hooks'
import { ask, type Asked } from '../../api/ask'
import { WebsiteNamesDocument, type WebsiteNamesQuery } from '../../client/graphql'

type Named = WebsiteNamesQuery['websites']['edges'][number]['node']

/** All of the owner's websites by name, as far as they have come. */
export function useWebsiteNames(): readonly Named[] {
  const [names, setNames] = useState<readonly Named[]>([])
  useEffect(() => {
    const leaving = new AbortController()
    const read = async () => {
      let after: string | null = null
      do {
        const asked: Asked<WebsiteNamesQuery> = await ask(WebsiteNamesDocument, { after }, { signal: leaving.signal })
        if (asked.kind === 'fault') return
        const { edges, pageInfo }: WebsiteNamesQuery['websites'] = asked.data.websites
        setNames((before) => [...before, ...edges.map(({ node }) => node)])
        after = pageInfo.hasNextPage ? pageInfo.endCursor : null
      } while (after !== null)
    }
    read().catch(() => {})
    return () => leaving.abort()
  }, [])
  return names
}
