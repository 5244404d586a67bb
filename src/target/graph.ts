import type { DeniedHost } from '../generated/prisma/client.js'
import { OPERATOR } from '../graph/actor.js'
import { addResult } from '../graph/add-result.js'
import type { Builder, ModelRef } from '../graph/builder.js'
import { allowHost, type AllowHostResult } from './allow-host.js'
import { listDeniedHosts } from './denied-hosts.js'
import { denyHost, type DenyHostResult } from './deny-host.js'
import { atMost } from '../graph/items-max.js'
import { DENIED_HOSTS_MAX } from '../limits.js'

type DeniedHostRef = ModelRef<'DeniedHost'>

/** Adds the operator's deny-list: its hosts for everyone, its reasons for operators. */
export function addTargetGraph(builder: Builder): void {
  const deniedHost = addDeniedHost(builder)
  addDenyHost(builder, deniedHost)
  addAllowHost(builder, deniedHost)
  builder.queryField('deniedHosts', (t) =>
    t.field({
      audience: 'EVERYONE',
      type: [deniedHost],
      description:
        'Hosts that get no checks, including the subdomains of names, sorted by name; at most 1000. Validators obey the list on redirects too.',
      extensions: atMost(DENIED_HOSTS_MAX),
      resolve: (_root, _args, { store }) => listDeniedHosts(store.sql),
    }),
  )
}

function addDeniedHost(builder: Builder): DeniedHostRef {
  return builder.prismaObject('DeniedHost', {
    description: 'A host that receives no checks and no messages. A name includes all its subdomains.',
    fields: (t) => ({
      host: t.exposeString('host', { description: 'A name or an address, in its usual form.' }),
      reason: t.string({
        nullable: true,
        description:
          'Why. Shown to operators; null to others, though owners read it in `Website.deniedReason` of websites there.',
        resolve: ({ reason }, _args, { identity }) => (identity.kind === 'operator' ? reason : null),
      }),
      createdAt: t.expose('createdAt', { type: 'DateTime', description: 'When it was first denied.' }),
    }),
  })
}

function addDenyHost(builder: Builder, type: DeniedHostRef): void {
  const input = builder.inputType('DenyHostInput', {
    description: 'A host to deny.',
    fields: (t) => ({
      host: t.string({ description: 'A name or an address, without scheme, port and path.' }),
      reason: t.string({ description: 'Why, for the owners of websites there: one line of 1 to 500 characters.' }),
    }),
  })
  const result = addResult<DenyHostResult>(
    builder,
    'DenyHost',
    {
      description: 'Nothing is sent there from the next round on.',
      fields: (t) => ({ deniedHost: t.field({ type, description: 'The entry.', resolve: deniedHostOf }) }),
    },
    {
      INVALID_HOST: 'It is not just a name or an address.',
      INVALID_REASON: 'The reason is blank, longer than 500 characters or not one line.',
      TOO_MANY_HOSTS: 'There are 1000 hosts on the list.',
    },
  )
  builder.mutationField('denyHost', (t) =>
    t.field({
      audience: 'OPERATOR',
      type: result,
      description:
        'Adds a host, with all its subdomains, to the deny-list: it gets no checks and no messages, whoever has websites there.',
      args: { input: t.arg({ type: input, description: 'The host and why.' }) },
      resolve: (_root, args, context) => denyHost(context, OPERATOR, args.input),
    }),
  )
}

function addAllowHost(builder: Builder, type: DeniedHostRef): void {
  const input = builder.inputType('AllowHostInput', {
    description: 'A host to allow again.',
    fields: (t) => ({ host: t.string({ description: 'The host as `deniedHosts` lists it.' }) }),
  })
  const result = addResult<AllowHostResult>(
    builder,
    'AllowHost',
    {
      description: 'Enabled websites there are checked again from the next round on.',
      fields: (t) => ({
        deniedHost: t.field({ type, description: 'The removed entry.', resolve: deniedHostOf }),
      }),
    },
    { NOT_FOUND: 'The host is not on the deny-list.' },
  )
  builder.mutationField('allowHost', (t) =>
    t.field({
      audience: 'OPERATOR',
      type: result,
      description: 'Takes a host off the deny-list.',
      args: { input: t.arg({ type: input, description: 'The host.' }) },
      resolve: (_root, args, context) => allowHost(context, OPERATOR, args.input),
    }),
  )
}

function deniedHostOf({ deniedHost }: { deniedHost: DeniedHost }): DeniedHost {
  return deniedHost
}
