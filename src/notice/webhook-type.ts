import type { Builder, ModelRef } from '../graph/builder.js'
import { type ChannelRef, TYPE_NAMES } from './channel-type.js'
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
    }),
  })
}
