import { onTestFinished } from 'vitest'
import { serveHttp, type Handler } from '../agent/check/loopback.js'
import type { ProofMethod } from '../../generated/prisma/client.js'
import { addTestUser, createTestParts, ownerActor, type TestParts } from '../owner/parts.js'
import type { TestTemplate } from '../test-template.js'
import { unlimitedRates } from '../unlimited-rates.js'
import { createWebsite } from '../../website/create-website.js'
import { describeClaim } from '../../ownership/describe-claim.js'
import type { DnsAnswer } from '../dial/dns-message.js'
import { serveDns } from '../dial/serve-dns.js'
import { createOwnershipProver, type OwnershipProver, type ProverOptions } from '../../ownership/ownership-prover.js'
import { provableHost } from '../../ownership/provable-host.js'
import { verifyOwnership } from '../../ownership/verify-ownership.js'

/** Two owners, hosts whose names lead to this machine, and what these show; over a database of the test's own. */
export interface OwnershipWorld extends TestParts {
  ada: string
  bob: string
  rates: typeof unlimitedRates
  ownershipProver: OwnershipProver
  /** TXT records by their name; the others are not there. */
  records: Map<string, DnsAnswer>
  /** What was asked of the name server. */
  asked: string[]
  addWebsite(userId: string, url: string): Promise<string>
  verify(userId: string, websiteId: string, method: ProofMethod): ReturnType<typeof verifyOwnership>
  proofs(): Promise<object[]>
}

export async function openOwnershipWorld(
  template: TestTemplate,
  options: Partial<ProverOptions> = {},
): Promise<OwnershipWorld> {
  const parts = await createTestParts(template)
  onTestFinished(() => parts.store.close())
  const settings = { ...parts.settings, allowPrivateTargets: true }
  const records = new Map<string, DnsAnswer>()
  const { asked, createResolver } = await serveDns((name) => records.get(name) ?? 'NXDOMAIN')
  const ownershipProver = createOwnershipProver({
    allowPrivateTargets: true,
    resolveHost: async () => ['127.0.0.1'],
    createResolver,
    ...options,
  })
  onTestFinished(() => ownershipProver.close())
  const all = { ...parts, settings, rates: unlimitedRates, ownershipProver }
  return {
    ...all,
    ada: await addTestUser(parts, 'ada@example.com'),
    bob: await addTestUser(parts, 'bob@example.com'),
    records,
    asked,
    async addWebsite(userId, url) {
      const made = await createWebsite(all, ownerActor(userId), { name: 'Shop', url })
      if (made.kind === 'refused') throw new Error(made.message)
      return made.website.id
    },
    verify: (userId, websiteId, method) => verifyOwnership(all, ownerActor(userId), { websiteId, method }),
    proofs: () => parts.store.prisma.hostProof.findMany({ orderBy: [{ userId: 'asc' }, { host: 'asc' }] }),
  }
}

/** What an owner puts where for the host of a URL. */
export function claimOf(userId: string, url: string) {
  return describeClaim(userId, provableHost(url))
}

/** A website at a name that leads to this machine. */
export async function serveShop(handler: Handler) {
  const site = await serveHttp(handler)
  return { ...site, shop: site.url('/', 'shop.example.com') }
}
