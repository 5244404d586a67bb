import { recordChange } from '../audit/record-change.js'
import type { ProofMethod, Website } from '../generated/prisma/client.js'
import { type OwnerActor, refuseReadOnly } from '../graph/actor.js'
import { refuse, type Refusal } from '../graph/problem.js'
import type { Parts } from '../parts.js'
import { judgeHost } from '../target/denied-hosts.js'
import { findWebsite } from '../website/find-website.js'
import { lockWebsite } from '../website/lock-website.js'
import { websiteNotFound } from '../website/not-found.js'
import type { Claim, OwnershipProver } from './ownership-prover.js'
import { provableHost } from './provable-host.js'
import type { Unseen } from './sighting.js'

const BUSY_RETRY_AFTER_S = 10

export type VerifyOwnershipRefusal =
  | 'NOT_FOUND'
  | 'DENIED_HOST'
  | 'NO_DNS_NAME'
  | 'TOKEN_NOT_FOUND'
  | 'UNREACHABLE'
  | 'FORBIDDEN_TARGET'
  | 'RATE_LIMITED'
export type VerifyOwnershipResult = { kind: 'verified'; website: Website } | Refusal<VerifyOwnershipRefusal>

type VerifyParts = Pick<Parts, 'store' | 'bus' | 'clock' | 'rates'> & { ownershipProver: OwnershipProver }

/** Checks now whether a website's host shows its owner's token. A look that finds nothing leaves an earlier proof as it was. */
export async function verifyOwnership(
  parts: VerifyParts,
  actor: OwnerActor,
  { websiteId, method }: { websiteId: string; method: ProofMethod },
): Promise<VerifyOwnershipResult> {
  refuseReadOnly(actor)
  const { userId } = actor
  const website = await findWebsite(parts, { userId, id: websiteId })
  if (website === null) return websiteNotFound('websiteId')
  const host = provableHost(website.url)
  if (method === 'DNS' && host.isAddress) {
    return refuse(
      'NO_DNS_NAME',
      `${host.name} is an address, which has no TXT records: prove it by FILE or META.`,
      'method',
    )
  }
  const denied = await judgeHost(parts.store.sql, website.url)
  if (denied !== null) return refuse(denied.reason, denied.message, 'websiteId')
  const claim = { userId, host, method }
  const looking = (await limitLooks(parts, claim)) ?? parts.ownershipProver.lookForOwner(claim)
  if (looking === null) {
    const message = `A check of yours is running, or the hub is busy with those of others: wait ${BUSY_RETRY_AFTER_S} s and try again.`
    return { ...refuse('RATE_LIMITED', message), retryAfter: BUSY_RETRY_AFTER_S }
  }
  const sighting = await looking
  if (sighting.kind === 'refused') return sighting
  if (sighting.kind !== 'SEEN') return refuse(reasonOf(sighting), sighting.message)
  return keepProof(parts, actor, claim, websiteId)
}

/** Each look sends requests where an owner says: few of each owner, and few to each host, whoever asks. */
async function limitLooks(
  { rates }: Pick<VerifyParts, 'rates'>,
  { userId, host: { name } }: Claim,
): Promise<Refusal<'RATE_LIMITED'> | null> {
  const wait = (await rates.take('OWNERSHIP_LOOKS', userId)) ?? (await rates.take('OWNERSHIP_LOOKS_AT_HOST', name))
  if (wait === null) return null
  const message = `Too many checks by you or of ${name}: wait ${wait} s and try again.`
  return { ...refuse('RATE_LIMITED', message), retryAfter: wait }
}

function reasonOf({ kind }: Unseen): VerifyOwnershipRefusal {
  if (kind === 'ABSENT') return 'TOKEN_NOT_FOUND'
  return kind === 'PRIVATE' ? 'FORBIDDEN_TARGET' : 'UNREACHABLE'
}

async function keepProof(
  { store, bus, clock }: VerifyParts,
  actor: OwnerActor,
  { userId, host, method }: Claim,
  websiteId: string,
): Promise<VerifyOwnershipResult> {
  const website = await store.change(async ({ sql, prisma }) => {
    // It may have been deleted while it was looked at.
    const locked = await lockWebsite(sql, userId, websiteId)
    if (locked === null) return null
    const provenHost = method === 'DNS' ? host.name : host.host
    const now = clock.now()
    const look = { method, provenAt: new Date(now), checkedAt: new Date(now), failedAt: null }
    await prisma.hostProof.upsert({
      where: { userId_host: { userId, host: provenHost } },
      create: { userId, host: provenHost, ...look },
      update: look,
    })
    await recordChange(sql, actor, { at: now, action: 'verifyOwnership', subject: ['Website', websiteId] })
    return locked
  })
  if (website === null) return websiteNotFound('websiteId')
  bus.publish('websiteChanged', { websiteId, userId, cause: 'UPDATED' })
  return { kind: 'verified', website }
}
