import type { Identity } from '../graph/identity.js'
import type { Parts } from '../parts.js'
import { PROTOCOL_VERSION } from '../protocol/limits.js'
import { hashSessionToken } from './signup.js'

export type ValidatorIdentity = Extract<Identity, { kind: 'validator' }>

/** Whose session a token is: null when it is unknown or has ended, or when its key is banned. */
export async function authenticateValidator(
  { store, clock }: Pick<Parts, 'store' | 'clock'>,
  token: string,
): Promise<ValidatorIdentity | null> {
  const session = await store.prisma.validatorSession.findUnique({
    where: { hash: hashSessionToken(token) },
    include: { validator: { select: { bannedAt: true } } },
  })
  // Whoever speaks an older protocol is told so when it signs up again.
  if (!session || session.protocolVersion < PROTOCOL_VERSION) return null
  if (session.expiresAt.getTime() <= clock.now() || session.validator.bannedAt) return null
  return { kind: 'validator', validatorId: session.validatorId, sessionId: session.id }
}
