import { detailOf } from '../../dial/dial-fault.js'
import type { HostResolver } from '../../dial/resolve-host.js'
import { FILES_SUSPECTED } from './local-fault.js'
import { refusedFile } from './open-files.js'

/** What only a name server, or none, says. All else resolvers also say when they can open no socket or file: c-ares ECONNREFUSED, the system ENOTFOUND or EBUSY. */
const SAID_BY_SERVERS = new Set(
  'EBADNAME EBADRESP ECANCELLED EFORMERR ENODATA ENOTIMP EREFUSED ESERVFAIL ETIMEOUT'.split(' '),
)

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
      if (SAID_BY_SERVERS.has(detailOf(error, ''))) throw error
      const code = refused() ?? (isAtLimit() ? FILES_SUSPECTED : null)
      throw code === null ? error : Object.assign(new Error('no file could be opened for a look-up'), { code })
    }
  }
}
