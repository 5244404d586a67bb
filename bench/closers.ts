/** What must end with the bench, however that ends. */
export interface Closers {
  /** Returns a way to close it before. */
  add(close: () => unknown): () => Promise<void>
  closeAll(): Promise<void>
}

export function createClosers(): Closers {
  const open = new Set<() => unknown>()
  return {
    add(close) {
      open.add(close)
      return async () => {
        if (open.delete(close)) await close()
      }
    },
    async closeAll() {
      // Newest first: hubs before their databases. One that fails must not keep the others alive.
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
    },
  }
}
