import type { Builder, ModelRef } from '../graph/builder.js'
import type { ChannelRef } from './channel-type.js'
import { TYPE_NAMES } from './channel/type-names.js'
import { readWebhookConfig } from './channel/webhook.js'

export type WebhookRef = ModelRef<'Channel'>

export function addWebhookType(builder: Builder, channel: ChannelRef): WebhookRef {
  return builder.prismaObject('Channel', {
    variant: TYPE_NAMES.WEBHOOK,
    description: 'A URL that gets messages signed by Standard Webhooks.',
    interfaces: [channel],
    fields: (t) => ({
      url: t.string({
        description: 'Where messages are posted to, in its normal form. Never changes.',
        resolve: ({ config }) => readWebhookConfig(config).url,
      }),
      previousSecretUntil: t.field({
        type: 'DateTime',
        nullable: true,
        description: 'Until when messages are also signed with the previous secret; null when they are not.',
        resolve: ({ previousSecretUntil: until }, _arguments, { clock }) =>
          until !== null && until.getTime() > clock.now() ? until : null,
      }),
    }),
  })
}
