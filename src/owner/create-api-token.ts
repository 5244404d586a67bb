import { recordChange } from '../audit/record-change.js'
import { describeInput } from '../audit/describe-input.js'
import type { OwnerActor } from '../graph/actor.js'
import { nameFault } from '../graph/name-fault.js'
import { refuse, type Refusal } from '../graph/problem.js'
import type { Parts } from '../parts.js'
import { type IssuedToken, issueToken } from './issue-token.js'

const TOKEN_NAME_LENGTH_MAX = 100
/** API tokens that work at one time; `User.apiTokens` lists them without pages. */
export const API_TOKENS_MAX = 100

export interface NewApiToken {
  name: string
  readOnly: boolean
}

export type CreateApiTokenResult = ({ kind: 'created' } & IssuedToken) | Refusal<'INVALID_NAME' | 'TOO_MANY_TOKENS'>

/** Makes a token that works until it is revoked. */
export async function createApiToken(
  { store, clock }: Pick<Parts, 'store' | 'clock'>,
  actor: OwnerActor,
  { name, readOnly }: NewApiToken,
): Promise<CreateApiTokenResult> {
  const fault = nameFault(name, TOKEN_NAME_LENGTH_MAX)
  if (fault !== null) return refuse('INVALID_NAME', fault, 'name')
  const { userId } = actor
  const now = clock.now()
  return store.change(async ({ sql, prisma }): Promise<CreateApiTokenResult> => {
    // One at a time for an owner, so that many at once do not go over the limit together.
    await sql.query(`SELECT 1 FROM "User" WHERE id = $1 FOR UPDATE`, [userId])
    const count = await prisma.apiToken.count({ where: { userId, kind: 'API', revokedAt: null } })
    if (count >= API_TOKENS_MAX) {
      return refuse('TOO_MANY_TOKENS', `You have ${API_TOKENS_MAX} API tokens already; revoke one first.`)
    }
    const access = readOnly ? 'READ_ONLY' : 'FULL'
    const issued = await issueToken(prisma, { userId, kind: 'API', name: name.trim(), now, access })
    await recordChange(sql, actor, {
      at: now,
      action: 'createApiToken',
      subject: ['ApiToken', issued.apiToken.id],
      detail: describeInput({ readOnly }, 'SWITCHES'),
    })
    return { kind: 'created', ...issued }
  })
}
