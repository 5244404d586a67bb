import type { ChannelKind } from '../generated/prisma/client.js'
import type { Builder, ModelInterfaceRef } from '../graph/builder.js'
import type { WebsiteRef } from '../website/website-type.js'
import { TYPE_NAMES } from './channel/type-names.js'

export type ChannelRef = ModelInterfaceRef<'Channel'>

export function addChannelType(builder: Builder, website: WebsiteRef): ChannelRef {
  const kind = builder.enumType('ChannelKind', {
    description: 'Kinds of channels.',
    values: { WEBHOOK: { description: 'A URL that gets signed messages.' } } satisfies Record<ChannelKind, object>,
  })
  return builder.prismaInterface('Channel', {
    description: 'A way to notify its owner of incidents. Only its owner sees it.',
    resolveType: (channel) => TYPE_NAMES[channel.kind],
    fields: (t) => ({
      id: t.exposeID('id', { description: 'Never changes.' }),
      kind: t.expose('kind', { type: kind, description: 'The kind of channel.' }),
      website: t.relation('website', {
        type: website,
        nullable: true,
        description: 'The website whose incidents it is limited to, possibly deleted; null for all websites.',
      }),
      enabled: t.exposeBoolean('enabled', {
        description: 'Whether messages are sent. A receiver can turn it off: a webhook by answering with status 410.',
      }),
      createdAt: t.expose('createdAt', { type: 'DateTime', description: 'When it was created.' }),
    }),
  })
}
