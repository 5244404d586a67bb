export interface Quota {
  /** Returns a function to leave again, which may be called twice, or null when the quota is used up. */
  enter(key: string): (() => void) | null
  size(): number
}

export function createQuota(most: number): Quota {
  const counts = new Map<string, number>()
  return {
    enter(key) {
      const before = counts.get(key) ?? 0
      if (before >= most) return null
      counts.set(key, before + 1)
      let isIn = true
      return () => {
        if (!isIn) return
        isIn = false
        const left = (counts.get(key) ?? 1) - 1
        if (left === 0) counts.delete(key)
        else counts.set(key, left)
      }
    },
    size: () => counts.size,
  }
}
