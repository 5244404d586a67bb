import { createHash } from 'node:crypto'

/** What tells the token from all else in a TXT record, a file or a tag; also the name of the tag. */
export const TOKEN_NAME = 'overlaps-site-verification'

/** Keeps the hash from being one that anything else here makes. */
const CONTEXT = 'overlaps site ownership v1'

/**
 * What an owner shows at a host to prove that it is theirs: base64url of a SHA-256 over owner and host. It is no secret,
 * for all it says is which owner the host belongs to, and it is the same whenever it is asked for, so nothing is stored.
 * @param name the host's, without a port.
 */
export function ownershipHash(userId: string, name: string): string {
  return createHash('sha256').update([CONTEXT, userId, name].join('\n')).digest('base64url')
}

/** The token as a TXT record or a line of the file says it. */
export function ownershipToken(userId: string, name: string): string {
  return `${TOKEN_NAME}=${ownershipHash(userId, name)}`
}
