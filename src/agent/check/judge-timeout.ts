import { isIP } from 'node:net'

import type { Check } from '../../protocol/check.js'
import type { Hop } from './check-outcome.js'
import { failed } from './failed.js'
import type { Failed } from './failed.js'
import { judgeResponse } from './judge-response.js'
import type { KeywordSeen } from './read-keyword.js'

/** What was wrong with the answer goes first, otherwise TIMEOUT with its phase. */
export function judgeTimeout(check: Check, hop: Hop | undefined, keyword: KeywordSeen): Failed | null {
  if (hop === undefined) return failed('TIMEOUT', null)
  if (hop.httpStatus === null) return failed('TIMEOUT', `IN_${unfinishedPhase(hop)}`)
  return judgeResponse(check, {
    httpStatus: hop.httpStatus,
    keyword,
    body: { kind: 'TIMED_OUT' },
    latencyUs: null,
  })
}

function unfinishedPhase(hop: Hop): 'DNS' | 'CONNECT' | 'TLS' | 'HEAD' {
  const { protocol, hostname } = new URL(hop.url)
  if (hop.connectUs === null) return hop.dnsUs === null && !isAddress(hostname) ? 'DNS' : 'CONNECT'
  return protocol === 'https:' && hop.tlsUs === null ? 'TLS' : 'HEAD'
}

function isAddress(hostname: string): boolean {
  return hostname.startsWith('[') || isIP(hostname) !== 0
}
