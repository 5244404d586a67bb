import { OPERATOR, ownerIn } from '../graph/actor.js'
import { addResult } from '../graph/add-result.js'
import type { Builder } from '../graph/builder.js'
import { createApiToken, type CreateApiTokenResult } from './create-api-token.js'
import { createOwner, type CreateOwnerResult } from './create-owner.js'
import type { OwnerRefs } from './owner-type.js'
import { revokeApiToken, type RevokeApiTokenResult } from './revoke-api-token.js'
import { revokeOwnerTokens, type RevokeOwnerTokensResult } from './revoke-owner-tokens.js'
import { NEW_OWNER_REFUSALS } from './session-graph.js'

const SHOWN_ONCE = 'Goes into `Authorization: Bearer <token>`. It is not shown again.'

export function addTokenMutations(builder: Builder, refs: OwnerRefs): void {
  addCreateApiToken(builder, refs)
  addRevokeApiToken(builder)
  addCreateOwner(builder, refs)
  addRevokeOwnerTokens(builder, refs)
}

function addCreateApiToken(builder: Builder, { apiToken }: OwnerRefs): void {
  const input = builder.inputType('CreateApiTokenInput', {
    description: 'The token to create.',
    fields: (t) => ({
      name: t.string({ description: 'What it is for: one line of 1 to 100 characters.' }),
      readOnly: t.boolean({
        defaultValue: false,
        description: 'Whether it allows only queries and subscriptions; mutations are then refused with FORBIDDEN.',
      }),
    }),
  })
  const result = addResult<CreateApiTokenResult>(
    builder,
    'CreateApiToken',
    {
      description: 'The token works.',
      fields: (t) => ({
        token: t.exposeString('token', { description: SHOWN_ONCE }),
        apiToken: t.field({
          type: apiToken,
          description: 'The token without its secret.',
          resolve: (created) => created.apiToken,
        }),
      }),
    },
    {
      INVALID_NAME: 'The name is blank, longer than 100 characters or not one line.',
      TOO_MANY_TOKENS: 'The owner has 100 valid API tokens.',
    },
  )
  builder.mutationField('createApiToken', (t) =>
    t.field({
      audience: 'OWNER',
      type: result,
      description: 'Creates a named token for a program of the caller, valid until revoked.',
      args: { input: t.arg({ type: input, description: 'What it is for and what it may do.' }) },
      resolve: (_root, args, context) => createApiToken(context, ownerIn(context), args.input),
    }),
  )
}

function addRevokeApiToken(builder: Builder): void {
  const result = addResult<RevokeApiTokenResult>(
    builder,
    'RevokeApiToken',
    {
      description: 'The token no longer works.',
      fields: (t) => ({
        id: t.exposeID('id', { description: 'ID of the token.' }),
        revokedAt: t.expose('revokedAt', { type: 'DateTime', description: 'When it ended.' }),
      }),
    },
    { NOT_FOUND: 'The caller has no such API token.' },
  )
  builder.mutationField('revokeApiToken', (t) =>
    t.field({
      audience: 'OWNER',
      type: result,
      description: 'Ends an API token of the caller for good.',
      args: { id: t.arg.id({ description: 'ID of the token.' }) },
      resolve: (_root, { id }, context) => revokeApiToken(context, ownerIn(context), id),
    }),
  )
}

function addCreateOwner(builder: Builder, { user }: OwnerRefs): void {
  const input = builder.inputType('CreateOwnerInput', {
    description: 'A new owner.',
    fields: (t) => ({
      email: t.string({ description: 'The address that the owner logs in with.' }),
      password: t.string({
        required: false,
        description: 'From 10 to 256 characters; null for an owner who uses tokens only.',
      }),
    }),
  })
  const result = addResult<CreateOwnerResult>(
    builder,
    'CreateOwner',
    {
      description: 'The owner was created.',
      fields: (t) => ({
        user: t.field({ type: user, description: 'The owner.', resolve: (created) => created.user }),
        token: t.exposeString('token', { description: `An API token of the owner's. ${SHOWN_ONCE}` }),
      }),
    },
    NEW_OWNER_REFUSALS,
  )
  builder.mutationField('createOwner', (t) =>
    t.field({
      audience: 'OPERATOR',
      type: result,
      description: 'Creates an owner with a first API token.',
      args: { input: t.arg({ type: input, description: 'The email address and optionally a password.' }) },
      resolve: (_root, { input: { email, password = null } }, context) =>
        createOwner(context, OPERATOR, { email, password }),
    }),
  )
}

function addRevokeOwnerTokens(builder: Builder, { user }: OwnerRefs): void {
  const input = builder.inputType('RevokeOwnerTokensInput', {
    description: 'Whose tokens to end.',
    fields: (t) => ({ email: t.string({ description: 'The address that the owner logs in with.' }) }),
  })
  const result = addResult<RevokeOwnerTokensResult>(
    builder,
    'RevokeOwnerTokens',
    {
      description: 'All tokens and log-in sessions of the owner have ended.',
      fields: (t) => ({
        user: t.field({ type: user, description: 'The owner.', resolve: (revoked) => revoked.user }),
        revokedCount: t.exposeInt('revokedCount', { description: 'How many tokens and sessions were ended.' }),
      }),
    },
    { NOT_FOUND: 'There is no owner with this email address.' },
  )
  builder.mutationField('revokeOwnerTokens', (t) =>
    t.field({
      audience: 'OPERATOR',
      type: result,
      description: 'Ends all tokens and log-in sessions of an owner; the password stays.',
      args: { input: t.arg({ type: input, description: 'The owner.' }) },
      resolve: (_root, args, context) => revokeOwnerTokens(context, OPERATOR, args.input),
    }),
  )
}
