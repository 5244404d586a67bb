import { createHash } from 'node:crypto'

/** What tells the token from all else in a TXT record, a file or a tag; also the name of the tag. */
export const TOKEN_NAME = 'overlaps-site-verification'

/** Keeps the hash from being one that anything else here makes. */
const CONTEXT = 'overlaps site ownership v1'

/** What an owner shows at a host (`name`, without a port) as proof: not secret, and the same whenever asked for. */
export function ownershipHash(userId: string, name: string): string {
  return createHash('sha256').update([CONTEXT, userId, name].join('\n')).digest('base64url')
}

export function ownershipToken(userId: string, name: string): string {
  return `${TOKEN_NAME}=${ownershipHash(userId, name)}`
}
