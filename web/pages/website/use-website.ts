import { useEffect, useState } from 'preact/hooks'
import { live } from '../../api/live'
import { useDocument, type Held } from '../../api/use-document'
import { useSparingly } from '../../api/use-sparingly'
import {
  IncidentChangesDocument,
  WebsiteHeadChangesDocument,
  WebsitePageDocument,
  type WebsiteHeadChangesSubscription,
  type WebsitePageQuery,
  type WebsitePageQueryVariables,
} from '../../client/graphql'
import type { Head, PageData } from './page-data'

const ASK_EVERY_MS = 10_000

type Change = WebsiteHeadChangesSubscription['websiteChanged']

export type HeldPage = Omit<Held<WebsitePageQuery>, 'data'> & { page: PageData | null; isGone: boolean }

/** The page's one document, with its head kept newer by events. */
export function useWebsite(id: string, variables: WebsitePageQueryVariables): HeldPage {
  const { data, fault, isAsking, refresh } = useDocument(WebsitePageDocument, variables)
  const [change, setChange] = useState<Change | null>(null)
  useRefreshing(id, setChange, useSparingly(refresh, ASK_EVERY_MS))
  const page = data?.website ?? null
  const isGone = change?.cause === 'DELETED' || (data !== null && page === null)
  const head = page === null || change === null ? null : newer(page, change.website)
  return { page: page && head ? { ...page, ...head } : page, isGone, fault, isAsking, refresh }
}

/** An answer may be older than an event, and an event older than an answer. */
function newer(page: PageData, head: Head): Head | null {
  return (head.verdict?.roundAt ?? '') >= (page.verdict?.roundAt ?? '') ? head : null
}

function useRefreshing(id: string, onChange: (change: Change) => void, refresh: () => void): void {
  useEffect(() => {
    const stopWebsite = live(WebsiteHeadChangesDocument, { ids: [id] }, ({ websiteChanged }) => {
      onChange(websiteChanged)
      refresh()
    })
    const stopIncidents = live(IncidentChangesDocument, {}, ({ incidentChanged: { cause, incident } }) => {
      if (cause === 'CHANGED' && incident.website.id === id) refresh()
    })
    return () => {
      stopWebsite()
      stopIncidents()
    }
  }, [id, refresh])
}
