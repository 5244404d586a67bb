/** What must be closed when the bench ends, for whatever reason. */
export interface Closers {
  /**
   * Returns a function that closes it earlier. Throws, and closes this too, when everything is being closed already.
   */
  add(close: () => unknown): () => Promise<void>
  closeAll(): Promise<void>
}

export function createClosers(): Closers {
  const open = new Set<() => unknown>()
  // Ctrl-C and the failures that it causes both close: the second waits for the first.
  let isEnding = false
  let closing: Promise<void> = Promise.resolve()

  /** Newest first: hubs before their databases. A failure must not keep the others alive. */
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
