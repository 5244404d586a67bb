import { useEffect } from 'preact/hooks'

/** Names the tab after its page; null while there is nothing to name. */
export function useTitle(name: string | null): void {
  useEffect(() => {
    if (name === null) return
    const before = document.title
    document.title = `${name} · Overlaps`
    return () => {
      document.title = before
    }
  }, [name])
}
