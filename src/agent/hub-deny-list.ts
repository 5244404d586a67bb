import type { Clock } from '../clock.js'
import { readHostName } from '../protocol/host-name.js'
import { MINUTE_MS } from '../time.js'
import { TypedDocumentString } from './client/graphql.js'
import type { ReportEvent } from './agent-event.js'
import { postDocument } from './post-document.js'
import type { HubCall } from './post-document.js'

/** How often a connected agent asks anew, in milliseconds. */
const ASK_EVERY_MS = 5 * MINUTE_MS
/** Ten times what a hub of this version can hold. */
const HOSTS_MAX = 10_000

/** Written by hand: it is not of the protocol's channel, so that a hub may well not know it. */
const DENIED_HOSTS = new TypedDocumentString<{ deniedHosts: unknown }, Record<string, never>>(`
  query DeniedHosts {
    deniedHosts {
      host
    }
  }
`)

/** The hosts that the hub's operator wants nobody sent to. */
export interface HubDenyList {
  /** As `hostNameOf` spells them; what was heard last, so empty before the first answer. */
  hosts(): ReadonlySet<string>
  /** Asks now and every few minutes from now on. */
  follow(): void
  /** Asks no more, and goes on with what it has. */
  rest(): void
}

/** Keeps the hub's deny-list. A hub that has none is told of once; one that cannot be asked leaves the list as it was. */
export function followHubDenyList(
  call: HubCall,
  { clock, report }: { clock: Clock; report: ReportEvent },
): HubDenyList {
  let hosts: ReadonlySet<string> = new Set()
  let cancel = () => {}
  let isTold = false

  async function ask(): Promise<void> {
    const answer = await postDocument(call, DENIED_HOSTS, {})
    if (answer.kind === 'data') hosts = readHosts(answer.data.deniedHosts)
    // What a GraphQL server says of a field that it does not have; not all of them give it a code.
    else if (answer.fault.kind === 'PROTOCOL_TOO_OLD' || answer.fault.message.includes('deniedHosts')) tellNone()
  }
  function tellNone(): void {
    hosts = new Set()
    if (isTold) return
    isTold = true
    report({ event: 'NO_DENY_LIST', hub: call.hub })
  }
  function follow(): void {
    cancel()
    cancel = clock.at(clock.now() + ASK_EVERY_MS, follow)
    void ask()
  }
  return { hosts: () => hosts, follow, rest: () => cancel() }
}

function readHosts(answer: unknown): ReadonlySet<string> {
  const entries: unknown[] = Array.isArray(answer) ? answer.slice(0, HOSTS_MAX) : []
  const hosts = entries.map((entry: unknown) => {
    const isEntry = typeof entry === 'object' && entry !== null && 'host' in entry
    return isEntry && typeof entry.host === 'string' ? readHostName(entry.host) : null
  })
  return new Set(hosts.filter((host) => host !== null))
}
