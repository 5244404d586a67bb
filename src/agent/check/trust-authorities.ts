import { createSecureContext, rootCertificates } from 'node:tls'
import type { SecureContext } from 'node:tls'

/** Trusts Node's own authorities and those of `pems`, as for the websites of one's own network. */
export function trustAuthorities(pems: readonly string[]): SecureContext {
  // Naming authorities replaces Node's; naming none keeps them, with what NODE_EXTRA_CA_CERTS adds.
  return createSecureContext(pems.length === 0 ? {} : { ca: [...rootCertificates, ...pems] })
}
