import type { FieldMap } from '@pothos/core'
import type { User } from '../generated/prisma/client.js'
import type { Types } from '../graph/builder.js'
import type { Session } from './open-session.js'
import type { OwnerRefs } from './owner-type.js'

/** Of whatever opens a session. */
export function sessionFields<Success extends { user: User } & Session>(
  t: PothosSchemaTypes.ObjectFieldBuilder<Types, Success>,
  { user }: OwnerRefs,
): FieldMap {
  return {
    user: t.field({ type: user, description: 'The owner.', resolve: (opened) => opened.user }),
    token: t.string({
      description: 'Goes into `Authorization: Bearer <token>`. It is not shown again.',
      resolve: (opened) => opened.token,
    }),
    expiresAt: t.field({
      type: 'DateTime',
      description: 'When the session ends by itself, after 30 days.',
      resolve: (opened) => opened.expiresAt,
    }),
  }
}
