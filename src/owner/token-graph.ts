import type { User } from '../generated/prisma/client.js'
import type { Builder } from '../graph/builder.js'
import { requireOperator, requireOwner } from '../graph/context.js'
import { addResultOf } from '../graph/add-result.js'
import { createApiToken } from './create-api-token.js'
import { createOwner } from './create-owner.js'
import { createOwnerToken } from './create-owner-token.js'
import type { OwnerRefs } from './owner-type.js'
import type { IssuedToken } from './issue-token.js'
import { revokeApiToken } from './revoke-api-token.js'
import { revokeOwnerTokens } from './revoke-owner-tokens.js'
import { RATE_LIMITED, WEAK_PASSWORD } from './session-graph.js'

const SHOWN_ONCE = 'Goes into `Authorization: Bearer <token>`. It is not shown again.'

export function addTokenMutations(builder: Builder, refs: OwnerRefs): void {
  addCreateApiToken(builder, refs)
  addRevokeApiToken(builder)
  addCreateOwner(builder, refs)
  addRevokeOwnerTokens(builder, refs)
}

function addCreateApiToken(builder: Builder, { apiToken }: OwnerRefs): void {
  const success = builder.objectRef<{ kind: 'created' } & IssuedToken>('CreateApiTokenSuccess').implement({
    description: 'The token works.',
    fields: (t) => ({
      token: t.exposeString('token', { description: SHOWN_ONCE }),
      apiToken: t.field({
        type: apiToken,
        description: 'What is kept of it.',
        resolve: (outcome) => outcome.apiToken,
      }),
    }),
  })
  const result = addResultOf(builder, 'CreateApiToken', success, {
    INVALID_NAME: 'The name is blank, longer than 100 characters or not one line.',
    TOO_MANY_TOKENS: 'The owner has 100 API tokens that work.',
  })
  builder.mutationField('createApiToken', (t) =>
    t.field({
      audience: 'OWNER',
      type: result,
      description: 'Makes a token for a program of the caller; it works until it is revoked.',
      args: {
        name: t.arg.string({ description: 'What it is for: one line of 1 to 100 characters.' }),
        readOnly: t.arg.boolean({
          defaultValue: false,
          description:
            'Whether it is for queries and subscriptions only; every mutation is then refused with FORBIDDEN.',
        }),
      },
      resolve: (_root, { name, readOnly }, context) =>
        createApiToken(context, {
          userId: requireOwner(context),
          name,
          access: readOnly ? 'READ_ONLY' : 'FULL',
        }),
    }),
  )
}

function addRevokeApiToken(builder: Builder): void {
  const success = builder
    .objectRef<{ kind: 'revoked'; id: string; revokedAt: Date }>('RevokeApiTokenSuccess')
    .implement({
      description: 'The token works no more.',
      fields: (t) => ({
        id: t.exposeID('id', { description: 'Which token.' }),
        revokedAt: t.expose('revokedAt', { type: 'DateTime', description: 'When it ended.' }),
      }),
    })
  const result = addResultOf(builder, 'RevokeApiToken', success, { NOT_FOUND: 'The caller has no such API token.' })
  builder.mutationField('revokeApiToken', (t) =>
    t.field({
      audience: 'OWNER',
      type: result,
      description: 'Ends an API token of the caller for good.',
      args: { id: t.arg.id({ description: 'Which token.' }) },
      resolve: (_root, { id }, context) => revokeApiToken(context, { userId: requireOwner(context), id }),
    }),
  )
}

function addCreateOwner(builder: Builder, { user }: OwnerRefs): void {
  const success = builder.objectRef<{ kind: 'created'; user: User; token: string }>('CreateOwnerSuccess').implement({
    description: 'There is a new owner.',
    fields: (t) => ({
      user: t.field({ type: user, description: 'The owner.', resolve: (outcome) => outcome.user }),
      token: t.exposeString('token', { description: `An API token of the owner's. ${SHOWN_ONCE}` }),
    }),
  })
  const result = addResultOf(builder, 'CreateOwner', success, {
    INVALID_EMAIL: 'The email address is not of the usual form.',
    WEAK_PASSWORD,
    EMAIL_TAKEN: 'There is an owner with this email address.',
    RATE_LIMITED,
  })
  builder.mutationField('createOwner', (t) =>
    t.field({
      audience: 'OPERATOR',
      type: result,
      description: 'Makes an owner, with an API token to begin with.',
      args: {
        email: t.arg.string({ description: 'What the owner logs in with.' }),
        password: t.arg.string({
          required: false,
          description: 'From 10 to 256 characters; null for an owner who uses tokens only.',
        }),
      },
      resolve: async (_root, { email, password }, context) => {
        requireOperator(context)
        const outcome = await createOwner(context, { email, password: password ?? null })
        if (outcome.kind === 'refused') return outcome
        const { token } = await createOwnerToken(context, { userId: outcome.user.id, name: 'from the operator' })
        return { ...outcome, token }
      },
    }),
  )
}

function addRevokeOwnerTokens(builder: Builder, { user }: OwnerRefs): void {
  const success = builder
    .objectRef<{ kind: 'revoked'; user: User; revokedCount: number }>('RevokeOwnerTokensSuccess')
    .implement({
      description: 'No token and no log-in session that the owner had works any more.',
      fields: (t) => ({
        user: t.field({ type: user, description: 'The owner.', resolve: (outcome) => outcome.user }),
        revokedCount: t.exposeInt('revokedCount', { description: 'How many tokens and sessions were ended.' }),
      }),
    })
  const result = addResultOf(builder, 'RevokeOwnerTokens', success, {
    NOT_FOUND: 'There is no owner with this email address.',
  })
  builder.mutationField('revokeOwnerTokens', (t) =>
    t.field({
      audience: 'OPERATOR',
      type: result,
      description: 'Ends all tokens and log-in sessions of an owner; the password stays.',
      args: { email: t.arg.string({ description: 'What the owner logs in with.' }) },
      resolve: (_root, { email }, context) => {
        requireOperator(context)
        return revokeOwnerTokens(context, { email })
      },
    }),
  )
}
