/** What must end with the bench, however that ends. */
export interface Closers {
  /** Returns a way to close it before. @throws when all is being closed already, and closes this too. */
  add(close: () => unknown): () => Promise<void>
  closeAll(): Promise<void>
}

export function createClosers(): Closers {
  const open = new Set<() => unknown>()
  // Ctrl-C and the failures that it causes close at once: the second waits for the first, and for its order.
  let isEnding = false
  let closing: Promise<void> = Promise.resolve()

  /** Newest first: hubs before their databases. One that fails must not keep the others alive. */
  const drain = async () => {
    const failures: unknown[] = []
    for (const close of [...open].toReversed()) {
      open.delete(close)
      try {
        await close()
      } catch (error) {
        failures.push(error)
      }
    }
    if (failures.length > 0) throw new AggregateError(failures, 'not everything could be ended')
  }

  const closeAll = () => {
    isEnding = true
    closing = closing.then(drain, drain)
    return closing
  }

  return {
    add(close) {
      open.add(close)
      if (isEnding) {
        void closeAll().catch(() => undefined)
        throw new Error('the bench is ending')
      }
      return async () => {
        if (open.delete(close)) await close()
      }
    },
    closeAll,
  }
}
