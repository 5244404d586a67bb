import { useEffect, useState } from 'preact/hooks'

/** Kept for the tab, or for the browser where its owner ticked that. */
export type Keeping = 'TAB' | 'BROWSER'

const KEY = 'overlaps:token'
const listeners = new Set<() => void>()

export function token(): string | null {
  return sessionStorage.getItem(KEY) ?? localStorage.getItem(KEY)
}

export function keepToken(value: string, keeping: Keeping): void {
  forgetToken()
  const storage = keeping === 'TAB' ? sessionStorage : localStorage
  storage.setItem(KEY, value)
  tell()
}

export function forgetToken(): void {
  sessionStorage.removeItem(KEY)
  localStorage.removeItem(KEY)
  tell()
}

export function useToken(): string | null {
  const [held, setHeld] = useState(token)
  useEffect(() => {
    const changed = () => setHeld(token())
    listeners.add(changed)
    // Logged out in another tab.
    addEventListener('storage', changed)
    return () => {
      listeners.delete(changed)
      removeEventListener('storage', changed)
    }
  }, [])
  return held
}

function tell(): void {
  for (const listener of listeners) listener()
}
