import { createHash } from 'node:crypto'
import { fault, rateFault } from '../graph/fault.js'
import { ANONYMOUS, type Identity } from '../graph/identity.js'
import { authenticateOwner } from '../owner/authenticate-owner.js'
import type { Parts } from '../parts.js'
import { authenticateValidator } from '../validator/authenticate-validator.js'
import type { OperatorToken } from './operator-token.js'

export type AuthenticationParts = Pick<Parts, 'store' | 'clock' | 'rates'> & { operatorToken: OperatorToken }

const BEARER = /^bearer +(\S+)$/i

export function readBearer(authorization: string): string | undefined {
  return BEARER.exec(authorization.trim())?.[1]
}

/** @throws UNAUTHENTICATED for nobody's token, which must not pass for none; RATE_LIMITED after too many of those. */
export async function authenticate(
  parts: AuthenticationParts,
  authorization: string | null,
  address: string,
): Promise<Identity> {
  if (authorization === null) return ANONYMOUS
  const token = readBearer(authorization)
  if (token === undefined) throw fault('UNAUTHENTICATED', 'The Authorization header must read `Bearer <token>`.')
  if (parts.operatorToken.matches(token)) return { kind: 'operator' }
  const secret = `token ${createHash('sha256').update(token).digest('base64url')}`
  const payer = parts.rates.payerOf(address, secret)
  const wait = await parts.rates.take('BAD_TOKENS', payer)
  if (wait !== null) throw rateFault(wait)
  const found = await findOwnerOrValidator(parts, token).catch((error: unknown) => ({ error }))
  // A database that is away says nothing about the token.
  if (found !== null) await parts.rates.giveBack('BAD_TOKENS', payer)
  if (found === null) {
    throw fault(
      'UNAUTHENTICATED',
      'The token is unknown, expired or revoked: owners get one from logIn or createApiToken, validators from signup.',
    )
  }
  if ('error' in found) throw found.error
  parts.rates.vouch(address, secret)
  return found
}

async function findOwnerOrValidator(parts: Pick<Parts, 'store' | 'clock'>, token: string): Promise<Identity | null> {
  return (await authenticateOwner(parts, token)) ?? (await authenticateValidator(parts, token))
}
