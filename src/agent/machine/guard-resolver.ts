import { detailOf } from '../../dial/dial-fault.js'
import type { HostResolver } from '../../dial/resolve-host.js'
import { refusedFile } from './open-files.js'

/** What resolvers say, among others, when they can open no socket or no file; c-ares says ECONNREFUSED, the system ENOTFOUND. */
const AMBIGUOUS = new Set(['EAI_AGAIN', 'EAI_FAIL', 'EAI_SYSTEM', 'ECONNREFUSED', 'ENOTFOUND'])

/** Tells a look-up that this machine could not even begin from one that a name server refused. */
export function guardResolver(
  resolve: HostResolver,
  isAtLimit: () => boolean,
  refused: () => string | null = refusedFile,
): HostResolver {
  return async (host, family, life) => {
    try {
      return await resolve(host, family, life)
    } catch (error) {
      const code = AMBIGUOUS.has(detailOf(error, '')) ? (refused() ?? (isAtLimit() ? 'EMFILE' : null)) : null
      throw code === null ? error : Object.assign(new Error('no file could be opened for a look-up'), { code })
    }
  }
}
