import { useCallback, useEffect, useState } from 'preact/hooks'
import type { TypedDocumentString } from '../client/graphql'
import { ask, isPassing, RETRY_MS, type Fault } from './ask'

/** A page's document: `data` stays what it last was while it is asked again or the hub cannot be asked, which is tried again. */
export interface Held<Data> {
  data: Data | null
  fault: Fault | null
  isAsking: boolean
  refresh(): void
}

export function useDocument<Data, Variables>(
  document: TypedDocumentString<Data, Variables>,
  variables: Variables,
): Held<Data> {
  const [held, setHeld] = useState<Omit<Held<Data>, 'refresh'>>({ data: null, fault: null, isAsking: true })
  const [turn, setTurn] = useState(0)
  const key = JSON.stringify(variables)
  useEffect(() => {
    const leaving = new AbortController()
    setHeld((before) => ({ ...before, isAsking: true }))
    ask(document, JSON.parse(key) as Variables, { signal: leaving.signal }).then(
      (asked) =>
        setHeld((before) =>
          asked.kind === 'data'
            ? { data: asked.data, fault: null, isAsking: false }
            : { data: before.data, fault: asked.fault, isAsking: false },
        ),
      () => {},
    )
    return () => leaving.abort()
  }, [document, key, turn])
  const refresh = useCallback(() => setTurn((before) => before + 1), [])
  useEffect(() => {
    if (held.fault === null || !isPassing(held.fault)) return
    const timer = setTimeout(refresh, RETRY_MS)
    return () => clearTimeout(timer)
  }, [held.fault, refresh])
  return { ...held, refresh }
}
