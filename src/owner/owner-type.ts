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
    description:
      'A bearer secret that an owner gave a name; it works until it is revoked. The secret is shown once only.',
    fields: (t) => ({
      id: t.exposeID('id', { description: 'What `revokeApiToken` takes.' }),
      name: t.exposeString('name', { description: 'What its owner calls it.' }),
      readOnly: t.exposeBoolean('readOnly', { description: 'Whether it is for queries and subscriptions only.' }),
      createdAt: t.expose('createdAt', { type: 'DateTime', description: 'When it was made.' }),
      lastUsedAt: t.expose('lastUsedAt', {
        type: 'DateTime',
        nullable: true,
        description: 'When it was last used, to the minute; null when it never was.',
      }),
    }),
  })
  const user = builder.prismaObject('User', {
    description: 'Someone who owns websites. Owners see themselves only.',
    fields: (t) => ({
      id: t.exposeID('id', { description: 'Stays the same for good.' }),
      email: t.exposeString('email', { description: 'What they log in with, in lower case.' }),
      hasPassword: t.boolean({
        description: 'Whether they can log in. Without a password they use tokens only; `changePassword` sets one.',
        resolve: (user) => user.passwordHash !== null,
      }),
      createdAt: t.expose('createdAt', { type: 'DateTime', description: 'When they became an owner.' }),
      apiTokens: t.relation('tokens', {
        type: apiToken,
        description: 'Their API tokens that work, oldest first; at most 100. Log-in sessions are not among them.',
        extensions: atMost(API_TOKENS_MAX),
        query: { where: { kind: 'API', revokedAt: null }, orderBy: { id: 'asc' } },
      }),
    }),
  })
  return { user, apiToken }
}
