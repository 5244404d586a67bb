import { useEffect, useState } from 'preact/hooks'

const MOVED = 'overlaps:moved'

/** The page's place: path and query. Every page has one that can be sent. */
export interface Place {
  path: string
  query: URLSearchParams
}

function placeNow(): Place {
  return { path: location.pathname, query: new URLSearchParams(location.search) }
}

/** Goes to another page, or with `replace` gives this one another address. */
export function go(href: string, how: 'PUSH' | 'REPLACE' = 'PUSH'): void {
  if (how === 'PUSH') history.pushState(null, '', href)
  else history.replaceState(null, '', href)
  dispatchEvent(new Event(MOVED))
}

export function usePlace(): Place {
  const [place, setPlace] = useState(placeNow)
  useEffect(() => {
    const moved = () => setPlace(placeNow())
    addEventListener('popstate', moved)
    addEventListener(MOVED, moved)
    return () => {
      removeEventListener('popstate', moved)
      removeEventListener(MOVED, moved)
    }
  }, [])
  return place
}

/** Follows links within the dashboard without loading it anew; all others are the browser's. */
export function followLinks(event: MouseEvent): void {
  if (event.defaultPrevented || event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey)
    return
  const link = event.target instanceof Element ? event.target.closest('a') : null
  if (link === null || link.target !== '' || link.hasAttribute('download')) return
  if (link.origin !== location.origin || !isPage(link.pathname)) return
  event.preventDefault()
  const isOther = link.pathname !== location.pathname
  go(link.pathname + link.search + link.hash)
  if (link.hash !== '') document.getElementById(link.hash.slice(1))?.scrollIntoView()
  else if (isOther) scrollTo(0, 0)
}

function isPage(path: string): boolean {
  return path === '/' || /^\/(websites|incidents|notifications|account|log-in)(\/|$)/.test(path)
}
