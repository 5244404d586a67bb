import { X509Certificate } from 'node:crypto'
import { createSecureContext, rootCertificates } from 'node:tls'
import type { SecureContext } from 'node:tls'

/** Whose word on a website's certificate this agent takes. */
export interface Trust {
  context: SecureContext
  /** Trusted authorities of that name. */
  named(subject: string): readonly X509Certificate[]
}

export function trustAuthorities(pems: readonly string[]): Trust {
  let known: Map<string, X509Certificate[]> | undefined
  return {
    // Naming authorities replaces Node's; naming none keeps them, with NODE_EXTRA_CA_CERTS.
    context: createSecureContext(pems.length === 0 ? {} : { ca: [...rootCertificates, ...pems] }),
    named: (subject) => (known ??= bySubject([...rootCertificates, ...pems])).get(subject) ?? [],
  }
}

function bySubject(pems: readonly string[]): Map<string, X509Certificate[]> {
  const known = new Map<string, X509Certificate[]>()
  for (const pem of pems) {
    const certificate = new X509Certificate(pem)
    known.set(certificate.subject, [...(known.get(certificate.subject) ?? []), certificate])
  }
  return known
}
