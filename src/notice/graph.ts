import { addConnection } from '../graph/add-connection.js'
import { ownerIn } from '../graph/actor.js'
import type { Builder } from '../graph/builder.js'
import { ID_CURSOR, resolvePage } from '../graph/resolve-page.js'
import type { WebsiteRef } from '../website/website-type.js'
import type { ChannelSender } from './channel-sender.js'
import { addChannelType, type ChannelRef } from './channel-type.js'
import { CHANNELS_MAX } from './create-webhook.js'
import { addDeliveryLog } from './delivery-log-graph.js'
import { addDeliveryTypes } from './delivery-type.js'
import { countChannels, findChannel, listChannels } from './list-channels.js'
import { addChannelMutations } from './mutation-graph.js'
import { addWebhookMutations } from './webhook-mutation-graph.js'
import { addWebhookType, type WebhookRef } from './webhook-type.js'

declare module '../graph/context.js' {
  interface GraphContext {
    channelSender: ChannelSender
  }
}

export function addNoticeGraph(builder: Builder, website: WebsiteRef): { webhook: WebhookRef } {
  const channel = addChannelType(builder, website)
  const { attempt, delivery } = addDeliveryTypes(builder, channel)
  addDeliveryLog(builder, { channel, delivery })
  addChannelQueries(builder, channel)
  addChannelMutations(builder, { channel, attempt })
  const webhook = addWebhookType(builder, channel)
  addWebhookMutations(builder, webhook)
  return { webhook }
}

function addChannelQueries(builder: Builder, channel: ChannelRef): void {
  builder.queryField('channel', (t) =>
    t.field({
      audience: 'OWNER',
      type: channel,
      nullable: true,
      description: "One of the caller's channels; null if there is none with this id.",
      args: { id: t.arg.id({ description: 'ID of the channel.' }) },
      resolve: (_root, { id }, context) => findChannel(context, { userId: ownerIn(context).userId, id }),
    }),
  )
  const channelConnection = addConnection(
    builder,
    channel,
    { page: 'A page of channels.', edge: 'A channel on its page.' },
    'TOLD',
  )
  builder.queryField('channels', (t) =>
    t.connection(
      {
        audience: 'OWNER',
        type: channel,
        description: `The caller's channels of all kinds, oldest first; at most ${CHANNELS_MAX}.`,
        resolve: async (_root, page, context) => {
          const { userId } = ownerIn(context)
          return resolvePage(page, {
            cursor: ID_CURSOR,
            listed: 'oldestFirst',
            read: (slice) => listChannels(context, { userId, ...slice }),
            count: () => countChannels(context, userId),
          })
        },
      },
      channelConnection,
    ),
  )
}
