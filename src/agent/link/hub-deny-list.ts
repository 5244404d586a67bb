import type { Clock } from '../../clock.js'
import { readHostName } from '../../protocol/host-name.js'
import { MINUTE_MS } from '../../time.js'
import { TypedDocumentString } from '../client/graphql.js'
import type { ReportEvent } from '../agent-event.js'
import { postDocument } from './post-document.js'
import type { HubCall } from './post-document.js'

const ASK_EVERY_MS = 5 * MINUTE_MS
/** Ten times what a hub of this version can hold. */
const HOSTS_MAX = 10_000

/** By hand, for it is not of the protocol's channel: other hubs may not know it. */
const DENIED_HOSTS = new TypedDocumentString<{ deniedHosts: unknown }, Record<string, never>>(`
  query DeniedHosts {
    deniedHosts {
      host
    }
  }
`)

export interface HubDenyList {
  /** As `hostNameOf` spells them; empty before the first answer. */
  hosts(): ReadonlySet<string>
  follow(): void
  rest(): void
}

/** A hub without a deny-list is told of once; one that cannot be asked leaves the list as it was. */
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
    // What a GraphQL server says of a field that it does not have; some give no code.
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
