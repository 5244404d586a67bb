import { detailOf } from '../../dial/dial-fault.js'
import type { HostResolver } from '../../dial/resolve-host.js'
import { refusedFile } from './open-files.js'

/** What resolvers say, among others, when they can open no socket or no file; c-ares says ECONNREFUSED, the system ENOTFOUND. */
const AMBIGUOUS = new Set(['EAI_AGAIN', 'EAI_FAIL', 'EAI_SYSTEM', 'ECONNREFUSED', 'ENOTFOUND'])

/** Tells a look-up that this machine could not even begin from one that a name server refused. */
export function guardResolver(
  resolve: HostResolver,
  isAtLimit: (since: number) => boolean,
  refused: () => string | null = refusedFile,
): HostResolver {
  return async (host, family, life) => {
    const startedAt = performance.now()
    const answer = resolve(host, family, life)
    // Sockets are opened at once, and a moment later others may have been closed.
    const atStart = refused()
    try {
      return await answer
    } catch (error) {
      if (!AMBIGUOUS.has(detailOf(error, ''))) throw error
      const code = atStart ?? refused() ?? (isAtLimit(startedAt) ? 'EMFILE' : null)
      throw code === null ? error : Object.assign(new Error('no file could be opened for a look-up'), { code })
    }
  }
}
