import type { Builder, ModelRef } from '../graph/builder.js'
import { atMost } from '../graph/items-max.js'
import { API_TOKENS_MAX } from './create-api-token.js'

export type UserRef = ModelRef<'User'>

export interface OwnerRefs {
  user: UserRef
  apiToken: ModelRef<'ApiToken'>
}

export function addOwnerTypes(builder: Builder): OwnerRefs {
  const apiToken = builder.prismaObject('ApiToken', {
    description: 'A named bearer token of an owner, valid until revoked. Its secret is shown only once.',
    fields: (t) => ({
      id: t.exposeID('id', { description: 'The ID that `revokeApiToken` takes.' }),
      name: t.exposeString('name', { description: 'The name that its owner gave it.' }),
      readOnly: t.exposeBoolean('readOnly', { description: 'Whether it allows only queries and subscriptions.' }),
      createdAt: t.expose('createdAt', { type: 'DateTime', description: 'When it was made.' }),
      lastUsedAt: t.expose('lastUsedAt', {
        type: 'DateTime',
        nullable: true,
        description: 'When it was last used, to the minute; null if never.',
      }),
    }),
  })
  const user = builder.prismaObject('User', {
    description: 'An owner of websites. Owners see only themselves.',
    fields: (t) => ({
      id: t.exposeID('id', { description: 'Never changes.' }),
      email: t.exposeString('email', { description: 'The address they log in with, in lower case.' }),
      hasPassword: t.boolean({
        description: 'Whether they can log in. Without a password they use tokens only; `changePassword` sets one.',
        resolve: (user) => user.passwordHash !== null,
      }),
      createdAt: t.expose('createdAt', { type: 'DateTime', description: 'When they became an owner.' }),
      apiTokens: t.relation('tokens', {
        type: apiToken,
        description: 'Their valid API tokens, oldest first; at most 100. Log-in sessions are not included.',
        extensions: atMost(API_TOKENS_MAX),
        query: { where: { kind: 'API', revokedAt: null }, orderBy: { id: 'asc' } },
      }),
    }),
  })
  return { user, apiToken }
}
