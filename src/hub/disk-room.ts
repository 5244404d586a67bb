import { statfs } from 'node:fs/promises'
import type { Parts } from '../parts.js'
import { DISK_LOOK_MS } from '../limits.js'

/** Whether the embedded database may grow: a full disk would stop the whole process. */
export interface DiskRoom {
  /** Looks at most once in DISK_LOOK_MS. Always true on PostgreSQL, whose disk this hub does not see. */
  hasRoom(): Promise<boolean>
}

export function createDiskRoom({ store, clock, settings }: Pick<Parts, 'store' | 'clock' | 'settings'>): DiskRoom {
  if (store.kind === 'postgres' || settings.diskFreeMinBytes === 0) return { hasRoom: async () => true }
  let last: { at: number; found: Promise<boolean> } | null = null
  const look = async () => {
    const { bavail, bsize } = await statfs(settings.dataDir)
    return bavail * bsize >= settings.diskFreeMinBytes
  }
  return {
    hasRoom() {
      const now = clock.now()
      if (last === null || now - last.at >= DISK_LOOK_MS || now < last.at) last = { at: now, found: look() }
      return last.found
    },
  }
}
