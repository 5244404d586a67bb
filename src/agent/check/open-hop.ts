import type { Connected } from '../../dial/connect-first.js'
import type { Life } from '../../dial/life.js'
import { openSocket } from '../../dial/open-socket.js'
import type { Check } from '../../protocol/check.js'
import { findForbidden, hostOf } from '../../protocol/target-gate.js'
import { deniesAddress, deniesHost } from './target-policy.js'
import type { TargetPolicy } from './target-policy.js'
import { findCertificatePath, firstToExpire, validityOf } from './certificate-path.js'
import { refused, refusedTarget } from './check-outcome.js'
import type { CheckOptions, Hop, Refused } from './check-outcome.js'
import { failed, type Failed } from './failed.js'
import { detailAt, judgeDaysLeft } from './judge-certificate.js'
import { resolverFor } from './resolver-for.js'

export interface CheckTerms {
  check: Check
  policy: TargetPolicy
  options: CheckOptions
  life: Life
}

const FAMILY = { ANY: 0, V4: 4, V6: 6 } as const
const EXPIRED = 'CERT_HAS_EXPIRED'

/** Opens one hop; its certificate is then the one of its path that expires first. Gate and policy are asked before the name is looked up, and of every address. */
export async function openHop(url: URL, hop: Hop, terms: CheckTerms): Promise<Connected | Failed | Refused> {
  const { check, policy, options, life } = terms
  const fault = findForbidden(url, policy)
  if (fault !== null) return refusedTarget(fault)
  const host = hostOf(url)
  if (deniesHost(policy, host)) return refused('DENIED_HOST', `This agent is told not to check ${host}.`)
  const opened = await openSocket(
    url,
    {
      resolveHost: options.resolveHost ?? resolverFor(policy),
      forbids: (address) => deniesAddress(policy, address),
      family: FAMILY[check.ipVersion],
      trust: options.trust.context,
      life,
      signs: options.signs,
    },
    hop,
  )
  if (opened.kind === 'forbidden') return privateAddress(host)
  const leaf = hop.certificate
  if (leaf === null) return opened
  const pathAt = (now: number) => findCertificatePath(leaf, options.trust, now)
  hop.validityAt = (now) => validityOf(pathAt(now))
  const expiring = firstToExpire(pathAt(options.clock.now()))
  if (!expiring) return opened
  hop.certificate = expiring.certificate
  if (opened.kind === 'failed')
    return opened.detail === EXPIRED ? failed('TLS', detailAt(EXPIRED, expiring.place)) : opened
  return judgeDaysLeft(expiring, check.certificateDays, options.clock.now()) ?? opened
}

function privateAddress(host: string): Refused {
  return refused(
    'PRIVATE_ADDRESS',
    `${host} leads to private or denied addresses only, which this agent does not connect to. On a network of your own, it takes private ones with OVERLAPS_ALLOW_PRIVATE_TARGETS=1.`,
  )
}
