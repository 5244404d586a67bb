import { validate as isUuid } from 'uuid'
import { addConnection } from '../graph/add-connection.js'
import type { Builder } from '../graph/builder.js'
import { ID_CURSOR, resolvePage } from '../graph/resolve-page.js'
import type { ValidatorRef } from '../validator/validator-type.js'
import { listConflicts, type ProvenConflict } from './list-conflicts.js'
import type { ProofRef } from './proof-type.js'

interface Refs {
  validator: ValidatorRef
  proof: ProofRef
}

export function addConflicts(builder: Builder, refs: Refs): void {
  const conflict = addConflictType(builder, refs)
  const conflictConnection = addConnection(builder, conflict, {
    page: 'A page of evidence against validators.',
    edge: 'Evidence on its page.',
  })
  builder.queryField('conflictingAnswers', (t) =>
    t.connection(
      {
        audience: 'OPERATOR',
        type: conflict,
        description:
          'Evidence of validators that signed two different answers to one task, newest round first: the first pair of each task, at most 20 tasks of a validator, as long as ticks are kept.',
        args: {
          validatorId: t.arg.id({ required: false, description: 'Only of the validator with this ID.' }),
        },
        resolve: (_root, { validatorId = null, ...page }, context) =>
          resolvePage(page, {
            cursor: ID_CURSOR,
            read: async (slice) =>
              validatorId === null || isUuid(validatorId) ? listConflicts(context, { ...slice, validatorId }) : [],
          }),
      },
      conflictConnection,
    ),
  )
}

function addConflictType(builder: Builder, { validator, proof }: Refs) {
  return builder.objectRef<ProvenConflict>('ConflictingAnswers').implement({
    description:
      'Two different answers to one task: `first` and `second` have the same `callback` line, different statements, and signatures of the same key. Anybody can verify that without the hub.',
    fields: (t) => ({
      id: t.exposeID('id', { description: 'Rises with the rounds.' }),
      validator: t.field({
        type: validator,
        description: 'The validator whose key signed both.',
        resolve: (conflict) => conflict.validator,
      }),
      websiteId: t.exposeID('websiteId', { description: 'ID of the website.' }),
      roundAt: t.expose('roundAt', { type: 'DateTime', description: 'The instant of the round that they answer.' }),
      receivedAt: t.expose('receivedAt', { type: 'DateTime', description: 'When the second one arrived.' }),
      first: t.field({
        type: proof,
        description: 'The answer that is stored, counts and is paid.',
        resolve: ({ first }) => first,
      }),
      second: t.field({
        type: proof,
        description: 'The later answer, refused as CONFLICT.',
        resolve: ({ second }) => second,
      }),
    }),
  })
}
