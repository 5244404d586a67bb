import { fault } from '../graph/fault.js'
import { ANONYMOUS, type Identity } from '../graph/identity.js'
import { authenticateOwner } from '../owner/authenticate-owner.js'
import type { Parts } from '../parts.js'
import { authenticateValidator } from '../validator/authenticate-validator.js'
import type { OperatorToken } from './operator-token.js'

const BEARER = /^bearer +(\S+)$/i

/**
 * Who an `Authorization` header, or its twin in connectionParams, belongs to.
 * @throws UNAUTHENTICATED when there is one and it belongs to nobody: a wrong token must not pass for none.
 */
export async function authenticate(
  parts: Pick<Parts, 'store' | 'clock'> & { operatorToken: OperatorToken },
  authorization: string | null,
): Promise<Identity> {
  if (authorization === null) return ANONYMOUS
  const token = BEARER.exec(authorization.trim())?.[1]
  if (token === undefined) throw fault('UNAUTHENTICATED', 'The Authorization header must read `Bearer <token>`.')
  const identity = parts.operatorToken.matches(token)
    ? ({ kind: 'operator' } as const)
    : ((await authenticateOwner(parts, token)) ?? (await authenticateValidator(parts, token)))
  if (identity) return identity
  throw fault(
    'UNAUTHENTICATED',
    'The token is unknown, expired or revoked: owners get one from logIn or createApiToken, validators from signup.',
  )
}
