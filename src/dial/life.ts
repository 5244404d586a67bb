export type Cutoff = 'TIMED_OUT' | 'ABORTED'

export interface Life {
  readonly cutoff: Promise<Cutoff>
  isOver(): boolean
  hold(resource: Destroyable): void
  end(): void
}

interface Destroyable {
  destroy(): unknown
}

export function startLife(timeoutMs: number, signal: AbortSignal | undefined): Life {
  const held = new Set<Destroyable>()
  let over = false
  let cut: (cutoff: Cutoff) => void
  const cutoff = new Promise<Cutoff>((resolve) => {
    cut = resolve
  })
  const timer = setTimeout(() => cut('TIMED_OUT'), timeoutMs)
  const abort = () => cut('ABORTED')
  signal?.addEventListener('abort', abort)
  if (signal?.aborted === true) abort()
  return {
    cutoff,
    isOver: () => over,
    hold(resource) {
      if (over) resource.destroy()
      else held.add(resource)
    },
    end() {
      over = true
      clearTimeout(timer)
      // The signal lives as long as the program and would keep every request it ever saw.
      signal?.removeEventListener('abort', abort)
      for (const resource of held) resource.destroy()
      held.clear()
    },
  }
}
