import type { ProofMethod } from '../generated/prisma/client.js'
import { OWNERSHIP_RUNNING_MAX, OWNERSHIP_WAITING_MAX } from './limits.js'
import { createOutgoing, type OutgoingOptions } from '../outgoing/outgoing.js'
import { createWorkQueue } from '../work-queue.js'
import { describeClaim } from './describe-claim.js'
import { lookAtDns, type TxtResolver } from './look-at-dns.js'
import { createLookResolver } from './look-resolver.js'
import { lookAtFile, lookAtMeta } from './look-at-web.js'
import { ownershipHash } from './ownership-token.js'
import type { ProvableHost } from './provable-host.js'
import { type Sighting, unseen } from './sighting.js'

export interface Claim {
  userId: string
  host: ProvableHost
  method: ProofMethod
}

export interface OwnershipProver {
  /** Never rejects, and settles within its time-out whatever the other side does. */
  look(claim: Claim): Promise<Sighting>
  /** As `look`, for an owner who waits: one at a time of each, and few over all. Null when it is not the time for it. */
  lookForOwner(claim: Claim): Promise<Sighting> | null
  /** Ends what is under way, after a short while in which it may end by itself; later looks come to STOPPED. */
  close(): Promise<void>
}

export interface ProverOptions extends OutgoingOptions {
  createResolver?: () => TxtResolver
  timeoutMs?: number
}

export function createOwnershipProver(options: ProverOptions): OwnershipProver {
  const { createResolver = createLookResolver, timeoutMs } = options
  const outgoing = createOutgoing(options)
  const queue = createWorkQueue({ runningMax: OWNERSHIP_RUNNING_MAX, waitingMax: OWNERSHIP_WAITING_MAX })
  const asking = new Set<string>()
  const resolvers = new Map<TxtResolver, Promise<Sighting>>()
  let isClosed = false

  const lookInDns = async (dnsName: string, name: string, token: string): Promise<Sighting> => {
    if (isClosed) return unseen('STOPPED', `The hub was stopped before ${name} was looked up.`)
    const resolver = createResolver()
    const looking = lookAtDns(resolver, { dnsName, name, token }, timeoutMs)
    resolvers.set(resolver, looking)
    return looking.finally(() => resolvers.delete(resolver))
  }

  const lookBy = async ({ userId, host, method }: Claim): Promise<Sighting> => {
    const claim = describeClaim(userId, host)
    const hash = ownershipHash(userId, host.name)
    switch (method) {
      case 'DNS':
        if (claim.dnsName === null) return unseen('ABSENT', `${host.name} is an address, which has no TXT records.`)
        return lookInDns(claim.dnsName, host.name, claim.fileContent)
      case 'FILE':
        return lookAtFile(outgoing, claim, timeoutMs)
      case 'META':
        return lookAtMeta(outgoing, { ...claim, hash }, timeoutMs)
    }
  }

  const look = async (claim: Claim): Promise<Sighting> => {
    const sighting = await lookBy(claim)
    // It may have been cut off: what would have come is not known.
    return isClosed && sighting.kind !== 'SEEN' ? { ...sighting, kind: 'STOPPED' } : sighting
  }

  return {
    look,
    lookForOwner(claim) {
      const { userId } = claim
      if (asking.has(userId)) return null
      const looking = queue.run(() => look(claim))
      if (looking === null) return null
      asking.add(userId)
      return looking.finally(() => asking.delete(userId))
    },
    async close() {
      isClosed = true
      for (const resolver of resolvers.keys()) resolver.cancel()
      await Promise.all([outgoing.close(), ...resolvers.values()])
    },
  }
}
