import type { ApiToken, Prisma } from '../generated/prisma/client.js'
import type { OwnerAccess } from '../graph/identity.js'
import { createOwnerSecret, hashOwnerToken } from './owner-token.js'

export interface NewToken {
  userId: string
  kind: ApiToken['kind']
  name: string
  now: number
  /** Left out for one that works until it is revoked. */
  expiresAt?: number
  access?: OwnerAccess
}

export interface IssuedToken {
  /** Shown this once. */
  token: string
  apiToken: ApiToken
}

/** Makes a token for an owner and keeps its hash. */
export async function issueToken(
  prisma: Prisma.TransactionClient,
  { userId, kind, name, now, expiresAt, access = 'FULL' }: NewToken,
): Promise<IssuedToken> {
  const token = createOwnerSecret()
  const apiToken = await prisma.apiToken.create({
    data: {
      userId,
      kind,
      name,
      hash: hashOwnerToken(token),
      createdAt: new Date(now),
      expiresAt: expiresAt === undefined ? null : new Date(expiresAt),
      readOnly: access === 'READ_ONLY',
    },
  })
  return { token, apiToken }
}
