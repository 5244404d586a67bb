import { addConnection } from '../graph/add-connection.js'
import type { Builder } from '../graph/builder.js'
import type { GraphContext } from '../graph/context.js'
import { fault } from '../graph/fault.js'
import { ID_CURSOR, resolvePage } from '../graph/resolve-page.js'
import type { AuditEntry } from '../generated/prisma/client.js'
import { type EntryPage, type ListedEntry, listEntries } from './list-entries.js'

/** Adds the log of changes: to owners their part of it, to operators all of it. */
export function addAuditGraph(builder: Builder): void {
  const entry = addEntry(builder)
  const entryConnection = addConnection(builder, entry, {
    page: 'A page of the audit log.',
    edge: 'An entry on its page.',
  })
  builder.queryField('auditLog', (t) =>
    t.connection(
      {
        audience: 'OWNER_OR_OPERATOR',
        type: entry,
        description:
          "Who changed what, newest first. Owners see their own changes and the operator's changes about them; operators see everything.",
        args: {
          ownerEmail: t.arg.string({
            required: false,
            description: 'Operators only: entries about the owner with this email address.',
          }),
        },
        resolve: (_root, { ownerEmail, ...page }, context) => {
          const whose = whoseLog(context, ownerEmail ?? null)
          return resolvePage(page, {
            cursor: ID_CURSOR,
            read: (slice) => listEntries(context.store.sql, { ...whose, ...slice }),
          })
        },
      },
      entryConnection,
    ),
  )
}

function addEntry(builder: Builder) {
  const actor = builder.enumType('ActorKind', {
    description: 'Who changed something.',
    values: {
      OWNER: { description: 'An owner, with a token of theirs.' },
      OPERATOR: { description: 'Whoever holds the operator token.' },
      HUB: { description: 'The hub by itself.' },
    } satisfies Record<AuditEntry['actor'], object>,
  })
  return builder.objectRef<ListedEntry>('AuditEntry').implement({
    description: 'A change that was made. Entries are never changed or deleted.',
    fields: (t) => ({
      id: t.exposeID('id', { description: 'Rises with time.' }),
      at: t.expose('at', { type: 'DateTime', description: 'When it was done.' }),
      actor: t.expose('actor', { type: actor, description: 'Who did it.' }),
      action: t.exposeString('action', { description: 'The mutation that did it.' }),
      subjectKind: t.exposeString('subjectKind', { description: 'Type of what was changed.' }),
      subjectId: t.exposeID('subjectId', { nullable: true, description: 'ID, name or instant of what was changed.' }),
      detail: t.exposeString('detail', {
        nullable: true,
        description: 'Details: which settings were given, and what was switched on or off.',
      }),
      tokenId: t.exposeID('tokenId', {
        nullable: true,
        description: "The owner's API token or log-in session that was used; null for other actors.",
      }),
      ownerEmail: t.exposeString('email', {
        nullable: true,
        description: 'The owner who did it or was affected; null if none was.',
      }),
    }),
  })
}

/** @throws FORBIDDEN for an owner who names another. */
function whoseLog({ identity }: GraphContext, ownerEmail: string | null): Pick<EntryPage, 'userId' | 'email'> {
  if (identity.kind !== 'owner') return { userId: null, email: ownerEmail?.trim().toLowerCase() ?? null }
  if (ownerEmail !== null) throw fault('FORBIDDEN', 'Only operators choose an owner: leave `ownerEmail` out.')
  return { userId: identity.userId, email: null }
}
