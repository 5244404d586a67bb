import { recordChange } from '../audit/record-change.js'
import type { HostProof } from '../generated/prisma/client.js'
import { HUB } from '../graph/actor.js'
import { OWNERSHIP_GRACE_MS, OWNERSHIP_RECHECK_MS, OWNERSHIP_RECHECKS_PER_BATCH } from './limits.js'
import type { Parts } from '../parts.js'
import type { Sql } from '../store/store.js'
import { createDenialFinder, listDeniedHosts } from '../target/denied-hosts.js'
import type { Claim, OwnershipProver } from './ownership-prover.js'
import { afterLook, isProven } from './proof-rule.js'
import { coveringProofs, provableHost, type ProvableHost } from './provable-host.js'
import { type Sighting, unseen } from './sighting.js'

export type RecheckParts = Pick<Parts, 'store' | 'bus' | 'clock' | 'log'> & { ownershipProver: OwnershipProver }

type LookingParts = RecheckParts & Pick<OwnershipProver, 'look'>

interface Holding {
  websiteId: string
  userId: string
  host: ProvableHost
}

/** Rechecks the due proofs, the oldest look first; forgets those without a website of their owner. Returns how many. */
export async function recheckProofs(parts: RecheckParts): Promise<number> {
  const { store, clock, ownershipProver } = parts
  const due = await store.sql.query<HostProof>(
    `SELECT "userId", host, method, "provenAt", "checkedAt", "failedAt" FROM "HostProof" WHERE "checkedAt" <= $1
       AND ("failedAt" IS NULL OR "checkedAt" - "failedAt" < $2::int * interval '1 millisecond')
     ORDER BY "checkedAt" LIMIT $3`,
    [new Date(clock.now() - OWNERSHIP_RECHECK_MS), OWNERSHIP_GRACE_MS, OWNERSHIP_RECHECKS_PER_BATCH],
  )
  if (due.length === 0) return 0
  const holdings = await readHoldings(store.sql, due)
  const findDenial = createDenialFinder(await listDeniedHosts(store.sql))
  // A host that is on the deny-list by now is not asked either: as good as one that cannot be reached.
  const look = (claim: Claim) =>
    findDenial(claim.host.origin) === null
      ? ownershipProver.look(claim)
      : Promise.resolve(unseen('UNREACHABLE', `${claim.host.name} is on the deny-list.`))
  await Promise.all(due.map((proof) => recheckProof({ ...parts, look }, proof, holdingsOf(proof, holdings))))
  return due.length
}

async function readHoldings(sql: Sql, proofs: readonly HostProof[]): Promise<Holding[]> {
  const rows = await sql.query<{ id: string; userId: string; url: string }>(
    `SELECT id, "userId", url FROM "Website" WHERE "userId" = ANY($1::uuid[]) AND "deletedAt" IS NULL`,
    [[...new Set(proofs.map(({ userId }) => userId))]],
  )
  return rows.map(({ id, userId, url }) => ({ websiteId: id, userId, host: provableHost(url) }))
}

function holdingsOf(proof: HostProof, holdings: readonly Holding[]): Holding[] {
  return holdings.filter(({ userId, host }) => userId === proof.userId && coveringProofs(host).includes(proof.host))
}

async function recheckProof(parts: LookingParts, proof: HostProof, holdings: readonly Holding[]): Promise<void> {
  const { store, bus, clock } = parts
  if (holdings.length === 0) {
    await store.prisma.hostProof.deleteMany({ where: sameAs(proof) })
    return
  }
  const sighting = await lookAtAny(parts.look, claimsOf(proof, holdings))
  if (sighting.kind === 'STOPPED') return
  const after = { ...proof, ...afterLook(proof, sighting.kind === 'SEEN', clock.now()) }
  const isNews = (after.failedAt === null) !== (proof.failedAt === null) || !isProven(after)
  if (!(await writeLook(parts, proof, after)) || !isNews) return
  for (const { websiteId, userId } of holdings) bus.publish('websiteChanged', { websiteId, userId, cause: 'UPDATED' })
}

/** Where it may be seen: by DNS in one place, else at each origin that a website of the owner has there, https first. */
function claimsOf({ userId, host: provenHost, method }: HostProof, holdings: readonly Holding[]): Claim[] {
  const [first] = holdings
  if (method === 'DNS') return first ? [{ userId, host: first.host, method }] : []
  const exact = holdings.filter(({ host }) => host.host === provenHost).map(({ host }) => host)
  const hosts = exact.length > 0 ? exact : holdings.flatMap(({ host }) => atOrdinaryPorts(host))
  const byOrigin = new Map(hosts.map((host) => [host.origin, host]))
  return [...byOrigin.values()]
    .sort((one, other) => other.origin.localeCompare(one.origin))
    .map((host) => ({ userId, host, method }))
}

/** What is left are websites at other ports of a machine that was proven as a whole. */
function atOrdinaryPorts(host: ProvableHost): ProvableHost[] {
  const { hostname } = new URL(host.origin)
  return ['https', 'http'].map((scheme) => ({ ...host, host: host.name, origin: `${scheme}://${hostname}` }))
}

async function lookAtAny(look: OwnershipProver['look'], claims: readonly Claim[]): Promise<Sighting> {
  let sighting: Sighting = { kind: 'STOPPED', message: 'There was nothing to check.' }
  for (const claim of claims) {
    sighting = await look(claim)
    if (sighting.kind === 'SEEN' || sighting.kind === 'STOPPED') return sighting
  }
  return sighting
}

/** Not proven anew, nor looked at by another hub, meanwhile. */
function sameAs({ userId, host, checkedAt }: HostProof) {
  return { userId, host, checkedAt }
}

/** Returns whether it was still the proof that was looked at. One that ends stands in the log of changes. */
async function writeLook({ store, clock, log }: RecheckParts, proof: HostProof, after: HostProof): Promise<boolean> {
  return store.change(async ({ sql, prisma }) => {
    const { checkedAt, failedAt } = after
    const { count } = await prisma.hostProof.updateMany({ where: sameAs(proof), data: { checkedAt, failedAt } })
    if (count === 0) return false
    if (isProven(after)) return true
    const { userId, host } = proof
    log.info({ userId, host }, 'a host is proven no more')
    const subject = ['WebsiteOwnership', host] as const
    await recordChange(sql, HUB, { at: clock.now(), action: 'endOwnership', subject, ownerId: userId })
    return true
  })
}
