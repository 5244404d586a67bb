import type { Builder } from '../graph/builder.js'
import type { UserRef } from '../owner/owner-type.js'
import type { ValidatorRef } from '../validator/validator-type.js'
import { atMost } from '../graph/items-max.js'

/** More than any hub is dialled by. */
const ORIGINS_MAX = 100

interface Refs {
  user: UserRef
  validator: ValidatorRef
}

export function addViewer(builder: Builder, { user, validator }: Refs): void {
  const operator = builder.objectRef<{ kind: 'operator' }>('Operator').implement({
    description: "Whoever holds the hub's operator token.",
    fields: (t) => ({
      publicOrigins: t.stringList({
        description: 'The origins that validators may name in what they sign.',
        extensions: atMost(ORIGINS_MAX),
        resolve: (_operator, _args, { settings }) => [...settings.origins],
      }),
    }),
  })
  const viewer = builder.unionType('Viewer', {
    description: 'Who the caller is.',
    types: [user, validator, operator],
    resolveType: (value) => ('kind' in value ? operator : 'publicKey' in value ? validator : user),
  })
  builder.queryField('viewer', (t) =>
    t.field({
      audience: 'EVERYONE',
      type: viewer,
      nullable: true,
      description: 'Who the bearer token belongs to; null without one.',
      resolve: async (_root, _args, { identity, store }) => {
        switch (identity.kind) {
          case 'anonymous':
            return null
          case 'owner':
            return store.prisma.user.findUnique({ where: { id: identity.userId } })
          case 'validator':
            return store.prisma.validator.findUnique({ where: { id: identity.validatorId } })
          case 'operator':
            return { kind: 'operator' as const }
        }
      },
    }),
  )
}
