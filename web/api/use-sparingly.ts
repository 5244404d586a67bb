import { useCallback, useEffect, useRef } from 'preact/hooks'

const ASK_SOON_MS = 300

/** After an event a document is asked again, for what an event does not have: not at once, and not for each of many. */
export function useSparingly(act: () => void, everyMs: number): () => void {
  // The document has just been asked when the page opens.
  const last = useRef(performance.now())
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined)
  useEffect(() => () => clearTimeout(timer.current), [])
  return useCallback(() => {
    if (timer.current !== undefined) return
    const wait = Math.max(ASK_SOON_MS, last.current + everyMs - performance.now())
    timer.current = setTimeout(() => {
      timer.current = undefined
      last.current = performance.now()
      act()
    }, wait)
  }, [act, everyMs])
}
