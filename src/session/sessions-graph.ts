import { addConnection } from '../graph/add-connection.js'
import type { Builder, ObjectRef } from '../graph/builder.js'
import { type Cursor, type PageSlice, resolvePage } from '../graph/resolve-page.js'
import type { ValidatorRefs } from '../validator/validator-type.js'
import type { Session } from './session-registry.js'

const SESSION_CURSOR: Cursor<Session, number> = {
  of: ({ validatorNo }) => String(validatorNo),
  parse: (text) => (/^\d{1,10}$/.test(text) ? Number(text) : null),
}

/** Adds the operators' list of who is connected. */
export function addSessions(builder: Builder, validators: ValidatorRefs): void {
  const session = addSessionType(builder, validators)
  const connection = addConnection(
    builder,
    session,
    { page: 'A page of the validators that are connected.', edge: 'A connected validator on its page.' },
    'TOLD',
  )
  builder.queryField('sessions', (t) =>
    t.connection(
      {
        audience: 'OPERATOR',
        type: session,
        description: 'The validators connected to the answering hub, in order of registration.',
        resolve: (_root, page, { sessions }) => {
          const list = sessions.list()
          return resolvePage(page, {
            cursor: SESSION_CURSOR,
            listed: 'oldestFirst',
            read: (slice) => Promise.resolve(takeSessions(list, slice)),
            count: () => Promise.resolve(list.length),
          })
        },
      },
      connection,
    ),
  )
}

/** @param list by their numbers, ascending. */
function takeSessions(list: readonly Session[], { olderThan, newerThan, limit, order }: PageSlice<number>): Session[] {
  const between = list.filter(
    ({ validatorNo: no }) => (olderThan === null || no < olderThan) && (newerThan === null || no > newerThan),
  )
  return (order === 'oldestFirst' ? between : between.toReversed()).slice(0, limit)
}

function addSessionType(builder: Builder, { validator, validatorByNo }: ValidatorRefs): ObjectRef<Session> {
  return builder.objectRef<Session>('Session').implement({
    description: 'A validator connected to the answering hub.',
    fields: (t) => ({
      validator: t.field({
        type: validator,
        description: 'The connected validator.',
        resolve: ({ validatorNo }, _args, context) => validatorByNo(context, validatorNo),
      }),
      startedAt: t.expose('startedAt', { type: 'DateTime', description: 'When it subscribed to its tasks.' }),
      address: t.exposeString('address', { description: 'Its address, as the hub sees it.' }),
      network: t.exposeString('network', {
        description: 'The network that its vote counts for.',
      }),
      agentVersion: t.exposeString('agentVersion', { nullable: true, description: 'Its program, as it says itself.' }),
    }),
  })
}
