import type { ChannelKind } from '../generated/prisma/client.js'
import type { Builder, ModelInterfaceRef } from '../graph/builder.js'
import type { WebsiteRefs } from '../website/website-type.js'

export type ChannelRef = ModelInterfaceRef<'Channel'>

/** The type of each kind. */
export const TYPE_NAMES = { WEBHOOK: 'Webhook' } as const satisfies Record<ChannelKind, string>

/** Adds what channels of all kinds have in common. */
export function addChannelType(
  builder: Builder,
  { website, websiteById }: Pick<WebsiteRefs, 'website' | 'websiteById'>,
): ChannelRef {
  const kind = builder.enumType('ChannelKind', {
    description: 'Kinds of channels.',
    values: { WEBHOOK: { description: 'A URL that gets signed messages.' } } satisfies Record<ChannelKind, object>,
  })
  return builder.prismaInterface('Channel', {
    description: 'A way to notify its owner of incidents. Only its owner sees it.',
    resolveType: (channel) => TYPE_NAMES[channel.kind],
    fields: (t) => ({
      id: t.exposeID('id', { description: 'Never changes.' }),
      kind: t.expose('kind', { type: kind, description: 'Which kind it is.' }),
      website: t.field({
        type: website,
        nullable: true,
        description: 'The website whose incidents it is limited to, possibly deleted; null for all websites.',
        resolve: ({ websiteId }, _arguments, context) => (websiteId === null ? null : websiteById(context, websiteId)),
      }),
      enabled: t.exposeBoolean('enabled', {
        description: 'Whether messages are sent. A receiver can turn it off: a webhook by answering with status 410.',
      }),
      createdAt: t.expose('createdAt', { type: 'DateTime', description: 'When it was created.' }),
    }),
  })
}
