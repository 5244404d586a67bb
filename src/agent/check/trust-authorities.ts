import { createSecureContext, rootCertificates } from 'node:tls'
import type { SecureContext } from 'node:tls'

export function trustAuthorities(pems: readonly string[]): SecureContext {
  // Naming authorities replaces Node's; naming none keeps them, with NODE_EXTRA_CA_CERTS.
  return createSecureContext(pems.length === 0 ? {} : { ca: [...rootCertificates, ...pems] })
}
