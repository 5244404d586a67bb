import { useCallback, useEffect, useRef, useState } from 'preact/hooks'
import { ask, isPassing, RETRY_MS, type Fault } from '../../api/ask'
import { live } from '../../api/live'
import {
  WebsiteChangesDocument,
  WebsitesDocument,
  type WebsiteChangesSubscription,
  type WebsitesQueryVariables,
} from '../../client/graphql'
import { addPage, applyChanges, outdates, type WebsiteList } from './website-list'

const PAGE = 50
/** Sums change slowly, and an event does not have them. */
const ASK_EVERY_MS = 5 * 60_000
const ASK_SOON_MS = 500

export type ListTerms = Pick<WebsitesQueryVariables, 'filter' | 'orderBy'>

export interface HeldList {
  list: WebsiteList | null
  fault: Fault | null
  refresh(): void
}

/** The first screen by one document, the rest by pages when idle, then live. */
export function useWebsiteList(terms: ListTerms): HeldList {
  const [list, setList] = useState<WebsiteList | null>(null)
  const [fault, setFault] = useState<Fault | null>(null)
  const [turn, setTurn] = useState(0)
  const refresh = useCallback(() => setTurn((before) => before + 1), [])
  const key = JSON.stringify(terms)
  useEffect(() => {
    const leaving = new AbortController()
    let timer = setTimeout(refresh, ASK_EVERY_MS)
    const settle = (fault: Fault | null) => {
      setFault(fault)
      if (fault === null || leaving.signal.aborted || !isPassing(fault)) return
      clearTimeout(timer)
      timer = setTimeout(refresh, RETRY_MS)
    }
    readAll(JSON.parse(key) as ListTerms, leaving.signal, setList).then(settle, () => {})
    return () => {
      clearTimeout(timer)
      leaving.abort()
    }
  }, [key, turn])
  useChanges(setList, refresh)
  return { list, fault, refresh }
}

/** The list shown before stays until the first page of the new one is there. */
async function readAll(
  terms: ListTerms,
  signal: AbortSignal,
  show: (list: WebsiteList) => void,
): Promise<Fault | null> {
  let list: WebsiteList | null = null
  do {
    const variables: WebsitesQueryVariables = { ...terms, first: PAGE, after: list?.endCursor ?? null }
    const asked = await ask(WebsitesDocument, variables, { signal })
    if (asked.kind === 'fault') return asked.fault
    list = addPage(list, asked.data)
    show(list)
    await untilIdle()
  } while (list.hasMore && !signal.aborted)
  return null
}

/** Gathers the events of a frame: a round brings one for each website at once. */
function useChanges(change: (update: (list: WebsiteList | null) => WebsiteList | null) => void, refresh: () => void) {
  const waiting = useRef<WebsiteChangesSubscription['websiteChanged'][]>([])
  useEffect(() => {
    let frame = 0
    let timer: ReturnType<typeof setTimeout> | undefined
    const apply = () => {
      frame = 0
      const changes = waiting.current.splice(0)
      change((list) => {
        if (list === null) return null
        if (changes.some((one) => outdates(list, one))) timer ??= setTimeout(soon, ASK_SOON_MS)
        return applyChanges(list, changes)
      })
    }
    const soon = () => {
      timer = undefined
      refresh()
    }
    const stop = live(WebsiteChangesDocument, {}, ({ websiteChanged }) => {
      waiting.current.push(websiteChanged)
      if (frame === 0) frame = requestAnimationFrame(apply)
    })
    return () => {
      stop()
      cancelAnimationFrame(frame)
      clearTimeout(timer)
    }
  }, [])
}

function untilIdle(): Promise<void> {
  return new Promise((resolve) => {
    if ('requestIdleCallback' in window) requestIdleCallback(() => resolve(), { timeout: 500 })
    else setTimeout(resolve, 50)
  })
}
