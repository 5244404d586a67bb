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
        'Hosts that nobody is to be sent to, with all below a name, in the order of their names: at most 1000. Validators keep to them on redirects too.',
      extensions: atMost(DENIED_HOSTS_MAX),
      resolve: (_root, _args, { store }) => listDeniedHosts(store.sql),
    }),
  )
}

function addDeniedHost(builder: Builder): DeniedHostRef {
  return builder.prismaObject('DeniedHost', {
    description: 'A host that nothing is sent to, whoever asks for it; everything below a name is denied with it.',
    fields: (t) => ({
      host: t.exposeString('host', { description: 'A name or an address, in its usual form.' }),
      reason: t.string({
        nullable: true,
        description:
          'Why. Shown to operators; null to others, though owners read it in `Website.deniedReason` of websites there.',
        resolve: ({ reason }, _args, { identity }) => (identity.kind === 'operator' ? reason : null),
      }),
      createdAt: t.expose('createdAt', { type: 'DateTime', description: 'When it was denied first.' }),
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
      INVALID_HOST: 'It is not a name or an address alone.',
      INVALID_REASON: 'The reason is blank, longer than 500 characters or not one line.',
      TOO_MANY_HOSTS: 'There are 1000 hosts on the list.',
    },
  )
  builder.mutationField('denyHost', (t) =>
    t.field({
      audience: 'OPERATOR',
      type: result,
      description: 'Lets nothing be sent to a host, nor to anything below a name, whoever has websites there.',
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
      description: 'What is enabled there is checked again from the next round on.',
      fields: (t) => ({
        deniedHost: t.field({ type, description: 'The entry that there was.', resolve: deniedHostOf }),
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
