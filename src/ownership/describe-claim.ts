import { ownershipHash, ownershipToken, TOKEN_NAME } from './ownership-token.js'
import type { ProvableHost } from './provable-host.js'

export interface OwnershipInstructions {
  dnsName: string | null
  dnsValue: string | null
  fileUrl: string
  fileContent: string
  metaUrl: string
  metaTag: string
}

const FILE_PATH = '/.well-known/overlaps-site-verification.txt'
const DNS_LABEL = '_overlaps-challenge'

export function describeClaim(userId: string, { name, origin, isAddress }: ProvableHost): OwnershipInstructions {
  const token = ownershipToken(userId, name)
  return {
    dnsName: isAddress ? null : `${DNS_LABEL}.${name}`,
    dnsValue: isAddress ? null : token,
    fileUrl: `${origin}${FILE_PATH}`,
    fileContent: token,
    metaUrl: `${origin}/`,
    metaTag: `<meta name="${TOKEN_NAME}" content="${ownershipHash(userId, name)}">`,
  }
}
