import { validate as isUuid } from 'uuid'
import { addConnection } from '../graph/add-connection.js'
import type { Builder } from '../graph/builder.js'
import { requireOperator } from '../graph/context.js'
import { ID_CURSOR, resolvePage } from '../graph/resolve-page.js'
import { banValidator } from './ban-validator.js'
import { listValidators, type ValidatorState } from './list-validators.js'
import { suspendValidator } from './suspend-validator.js'
import type { ValidatorRef } from './validator-type.js'

/** Adds what operators see of validators and do about them. */
export function addValidatorOperation(builder: Builder, validator: ValidatorRef): void {
  addBan(builder, validator)
  addSuspension(builder, validator)
  addValidators(builder, validator)
}

function addBan(builder: Builder, validator: ValidatorRef): void {
  builder.mutationField('setValidatorBan', (t) =>
    t.field({
      audience: 'OPERATOR',
      type: validator,
      nullable: true,
      description:
        'Bans a validator or lifts its ban. Its sessions end, its sockets close with 4403, what it has earned stays. Null when there is no such validator.',
      args: {
        id: t.arg.id({ description: 'The validator.' }),
        banned: t.arg.boolean({ description: 'Whether it shall be banned.' }),
      },
      resolve: async (_root, args, context) => {
        requireOperator(context)
        return isUuid(args.id) ? banValidator(context, args) : null
      },
    }),
  )
}

function addSuspension(builder: Builder, validator: ValidatorRef): void {
  builder.mutationField('setValidatorSuspension', (t) =>
    t.field({
      audience: 'OPERATOR',
      type: validator,
      nullable: true,
      description:
        'Suspends a validator or lifts its suspension. While it lasts its `tasks` are refused with FORBIDDEN; it keeps its session and what it has earned. Null when there is no such validator.',
      args: {
        id: t.arg.id({ description: 'The validator.' }),
        suspended: t.arg.boolean({ description: 'Whether it shall be suspended.' }),
      },
      resolve: async (_root, args, context) => {
        requireOperator(context)
        return isUuid(args.id) ? suspendValidator(context, args) : null
      },
    }),
  )
}

function addValidators(builder: Builder, validator: ValidatorRef): void {
  const state = builder.enumType('ValidatorState', {
    description: 'Which validators.',
    values: {
      ALL: { description: 'All of them.' },
      BANNED: { description: 'Those that are banned.' },
      SUSPENDED: { description: 'Those that are suspended.' },
    } satisfies Record<ValidatorState, object>,
  })
  const validatorConnection = addConnection(builder, validator, {
    page: 'A page of validators.',
    edge: 'A validator on its page.',
  })
  builder.queryField('validators', (t) =>
    t.connection(
      {
        audience: 'OPERATOR',
        type: validator,
        description: 'The registered validators, the newest first, connected or not.',
        args: { state: t.arg({ type: state, defaultValue: 'ALL', description: 'Only those in this state.' }) },
        resolve: (_root, page, context) => {
          requireOperator(context)
          return resolvePage(page, {
            cursor: ID_CURSOR,
            read: (slice) => listValidators(context, { ...slice, state: page.state }),
          })
        },
      },
      validatorConnection,
    ),
  )
}
