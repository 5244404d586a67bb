import { type HostResolver, resolveByDns, systemResolver } from '../../dial/resolve-host.js'
import type { TargetPolicy } from './target-policy.js'

const dnsResolver = resolveByDns()

/** Strangers' names lead where the DNS says; those of one's own network may be in the hosts file. */
export function resolverFor({ allowPrivateTargets }: Pick<TargetPolicy, 'allowPrivateTargets'>): HostResolver {
  return allowPrivateTargets ? systemResolver : dnsResolver
}
