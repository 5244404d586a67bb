import type { X509Certificate } from 'node:crypto'
import type { Trust } from './trust-authorities.js'

/** Longer ones are refused by OpenSSL as well. */
const PATH_LENGTH_MAX = 100

/** Where a certificate is in the path that was verified. */
export type PathPlace = 'LEAF' | 'INTERMEDIATE' | 'ROOT'

export interface PathCertificate {
  certificate: X509Certificate
  place: PathPlace
}

/**
 * The path from a website's certificate to a trusted authority, as OpenSSL finds it: an authority before what was sent
 * along, what is valid before what is not. What was sent along beside it has no part in it.
 */
export function findCertificatePath(
  leaf: X509Certificate,
  trust: Pick<Trust, 'named'>,
  now: number,
): PathCertificate[] {
  const sent = listSent(leaf)
  const path: PathCertificate[] = [{ certificate: leaf, place: 'LEAF' }]
  for (let last = leaf; path.length < PATH_LENGTH_MAX;) {
    if (issued(last, last)) break
    const root = choose(trust.named(last.issuer), last, now)
    if (root !== undefined) return [...path, { certificate: root, place: 'ROOT' }]
    const next = choose(sent, last, now)
    if (next === undefined) break
    sent.splice(sent.indexOf(next), 1)
    path.push({ certificate: next, place: issued(next, next) ? 'ROOT' : 'INTERMEDIATE' })
    last = next
  }
  return path
}

/** When all of a path is valid, in Unix milliseconds. */
export interface Validity {
  from: number
  to: number
}

export function validityOf(path: readonly PathCertificate[]): Validity {
  return {
    from: Math.max(...path.map(({ certificate }) => Date.parse(certificate.validFrom))),
    to: Math.min(...path.map(({ certificate }) => Date.parse(certificate.validTo))),
  }
}

/** The one that ends the path's validity. */
export function firstToExpire(path: readonly PathCertificate[]): PathCertificate | undefined {
  const expiryOf = ({ certificate }: PathCertificate) => Date.parse(certificate.validTo)
  return path.reduce<PathCertificate | undefined>(
    (first, next) => (first !== undefined && !(expiryOf(next) < expiryOf(first)) ? first : next),
    undefined,
  )
}

/** Node links all that a peer has sent in the order of sending, whoever issued whom. */
function listSent(leaf: X509Certificate): X509Certificate[] {
  const sent: X509Certificate[] = []
  for (let next = leaf.issuerCertificate; next !== undefined; next = next.issuerCertificate) sent.push(next)
  return sent
}

function issued(issuer: X509Certificate, certificate: X509Certificate): boolean {
  return certificate.checkIssued(issuer) && certificate.verify(issuer.publicKey)
}

function choose(from: readonly X509Certificate[], last: X509Certificate, now: number): X509Certificate | undefined {
  const issuers = from.filter((issuer) => issued(issuer, last))
  const isValid = ({ validFrom, validTo }: X509Certificate) =>
    Date.parse(validFrom) <= now && now <= Date.parse(validTo)
  return (
    issuers.find(isValid) ?? issuers.toSorted((one, other) => Date.parse(other.validTo) - Date.parse(one.validTo))[0]
  )
}
