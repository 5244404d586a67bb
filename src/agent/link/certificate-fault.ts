import { hubFault } from './hub-fault.js'
import type { HubFault } from './hub-fault.js'

const BY_DATE = new Set(['CERT_NOT_YET_VALID', 'CERT_HAS_EXPIRED'])
const UNKNOWN_ISSUER = /^(UNABLE_TO_(GET_ISSUER|VERIFY_LEAF)|(DEPTH_ZERO_)?SELF_SIGNED_CERT)/
const CERTIFICATE = /CERT|ALTNAME|UNABLE_TO_/

/** What to do about a certificate; `null` for codes of other things. `who` is the hub, or a proxy before it. */
export function certificateFault(who: string, code: string, now = Date.now()): HubFault | null {
  return CERTIFICATE.test(code) ? hubFault('UNTRUSTED', adviceFor(who, code, now), { code }) : null
}

function adviceFor(who: string, code: string, now: number): string {
  if (BY_DATE.has(code)) {
    const what = code === 'CERT_HAS_EXPIRED' ? 'has expired' : 'is not valid yet'
    return `The certificate of ${who} ${what} by this machine's clock, which shows ${new Date(now).toISOString()}: set the clock if that is wrong; if it is right, whoever runs ${who} must renew the certificate (${code}).`
  }
  if (UNKNOWN_ISSUER.test(code)) {
    return `This machine does not know the issuer of the certificate of ${who} (${code}): where a private authority or a proxy that inspects TLS issued it, start with NODE_EXTRA_CA_CERTS=<file of its certificate>; otherwise whoever runs ${who} must complete the chain.`
  }
  return `The certificate of ${who} is not valid for that address (${code}): check the address, or ask whoever runs ${who} to correct the certificate.`
}
