import { addConnection } from '../graph/add-connection.js'
import type { Builder } from '../graph/builder.js'
import { ID_CURSOR, resolvePage } from '../graph/resolve-page.js'
import type { ValidatorRef } from '../validator/validator-type.js'
import { listValidators, type ValidatorState } from './list-validators.js'

/** Adds whether validators are connected, and the operators' list of them. */
export function addValidators(builder: Builder, validator: ValidatorRef): void {
  addConnected(builder, validator)
  const state = builder.enumType('ValidatorState', {
    description: 'Filters validators.',
    values: {
      ALL: { description: 'All of them.' },
      CONNECTED: { description: 'Those that are connected to this hub.' },
      BANNED: { description: 'Those that are banned.' },
      SUSPENDED: { description: 'Those that are suspended.' },
    } satisfies Record<ValidatorState, object>,
  })
  const connection = addConnection(builder, validator, {
    page: 'A page of validators.',
    edge: 'A validator on its page.',
  })
  builder.queryField('validators', (t) =>
    t.connection(
      {
        audience: 'OPERATOR',
        type: validator,
        description: 'The registered validators, newest first, connected or not.',
        args: { state: t.arg({ type: state, defaultValue: 'ALL', description: 'Only those in this state.' }) },
        resolve: (_root, page, context) =>
          resolvePage(page, {
            cursor: ID_CURSOR,
            read: (slice) => listValidators(context, { ...slice, state: page.state }),
          }),
      },
      connection,
    ),
  )
}

function addConnected(builder: Builder, validator: ValidatorRef): void {
  builder.prismaObjectFields(validator, (t) => ({
    connected: t.boolean({
      description: 'Whether it is connected to the answering hub and gets tasks there; it may be connected to others.',
      resolve: ({ id }, _args, { sessions }) => sessions.find(id) !== null,
    }),
    connectedSince: t.field({
      type: 'DateTime',
      nullable: true,
      description: 'Since when it has been connected to the answering hub; null if it is not.',
      resolve: ({ id }, _args, { sessions }) => sessions.find(id)?.startedAt ?? null,
    }),
  }))
}
