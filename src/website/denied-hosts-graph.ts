import type { DeniedHost } from '../generated/prisma/client.js'
import { perOperation } from '../graph/batch.js'
import type { Builder, ObjectRef } from '../graph/builder.js'
import { requireOperator } from '../graph/context.js'
import { addResultOf } from '../graph/add-result.js'
import { findDenials, listDeniedHosts } from '../target/denied-hosts.js'
import { allowHost, denyHost } from '../target/deny-host.js'
import type { WebsiteRef } from './website-type.js'

/** Adds the operator's deny-list: to operators whole, to owners what it says of their websites, to validators its hosts. */
export function addDeniedHostsGraph(builder: Builder, website: WebsiteRef): void {
  const deniedHost = builder.objectRef<DeniedHost>('DeniedHost').implement({
    description: 'A host that nothing is sent to, whoever asks for it; what lies below a name is denied with it.',
    fields: (t) => ({
      host: t.exposeString('host', { description: 'A name or an address, in its usual form.' }),
      reason: t.exposeString('reason', { description: 'Why: shown to owners who have websites there.' }),
      createdAt: t.expose('createdAt', { type: 'DateTime', description: 'Since when.' }),
    }),
  })
  addDenyHost(builder, deniedHost)
  addAllowHost(builder, deniedHost)
  addLists(builder, deniedHost)
  addDenial(builder, website)
}

type DeniedHostRef = ObjectRef<DeniedHost>

function addDenyHost(builder: Builder, deniedHost: DeniedHostRef): void {
  const success = builder.objectRef<{ kind: 'denied'; deniedHost: DeniedHost }>('DenyHostSuccess').implement({
    description: 'Nothing is sent there from the next round on.',
    fields: (t) => ({
      deniedHost: t.expose('deniedHost', { type: deniedHost, description: 'What now stands on the list.' }),
    }),
  })
  const result = addResultOf(builder, 'DenyHost', success, {
    INVALID_HOST: 'It is not a name or an address alone.',
    INVALID_REASON: 'The reason is blank, longer than 500 characters or not one line.',
    TOO_MANY_HOSTS: 'There are 1000 hosts on the list.',
  })
  builder.mutationField('denyHost', (t) =>
    t.field({
      audience: 'OPERATOR',
      type: result,
      description: 'Has nothing sent to a host, nor to what lies below a name, whoever has registered websites there.',
      args: {
        host: t.arg.string({ description: 'A name or an address, without scheme, port and path.' }),
        reason: t.arg.string({
          description: 'Why, for the owners of websites there: one line of 1 to 500 characters.',
        }),
      },
      resolve: (_root, args, context) => {
        requireOperator(context)
        return denyHost(context, args)
      },
    }),
  )
}

function addAllowHost(builder: Builder, deniedHost: DeniedHostRef): void {
  builder.mutationField('allowHost', (t) =>
    t.field({
      audience: 'OPERATOR',
      type: deniedHost,
      nullable: true,
      description: 'Takes a host off the deny-list. What stood there; null when it was not on it.',
      args: { host: t.arg.string({ description: 'The host as it stands there.' }) },
      resolve: (_root, args, context) => {
        requireOperator(context)
        return allowHost(context, args)
      },
    }),
  )
}

function addLists(builder: Builder, deniedHost: DeniedHostRef): void {
  builder.queryField('deniedHosts', (t) =>
    t.stringList({
      audience: 'EVERYONE',
      description:
        'Hosts that nobody is to be sent to, with all that lies below a name: at most 1000. Validators keep to it on every redirect as well.',
      resolve: async (_root, _args, { store }) => (await listDeniedHosts(store.sql)).map(({ host }) => host),
    }),
  )
  builder.queryField('denyList', (t) =>
    t.field({
      audience: 'OPERATOR',
      type: [deniedHost],
      description: 'The deny-list with its reasons, in the order of its hosts; at most 1000.',
      resolve: (_root, _args, context) => {
        requireOperator(context)
        return listDeniedHosts(context.store.sql)
      },
    }),
  )
}

function addDenial(builder: Builder, website: WebsiteRef): void {
  const denialsOf = perOperation(({ store }, urls: readonly string[]) => findDenials(store.sql, urls))
  builder.prismaObjectField(website, 'deniedReason', (t) =>
    t.string({
      nullable: true,
      description:
        "Why no validator is sent to it, enabled or not: its host is on the operator's deny-list. Null while it is not.",
      resolve: async ({ url }, _args, context) => (await denialsOf(context, url))?.reason ?? null,
    }),
  )
}
