import { addConnection } from '../graph/add-connection.js'
import type { Builder } from '../graph/builder.js'
import { requireOwner } from '../graph/context.js'
import { ID_CURSOR, resolvePage } from '../graph/resolve-page.js'
import type { WebsiteRefs } from '../website/website-type.js'
import { addDeliveryTypes } from './delivery-type.js'
import { countWebhooks, findWebhook, listWebhooks } from './list-webhooks.js'
import { addWebhookMutations } from './mutation-graph.js'
import { addWebhookType, type WebhookRef } from './webhook-type.js'
import type { WebhookSender } from './webhook-sender.js'

declare module '../graph/context.js' {
  interface GraphContext {
    webhookSender: WebhookSender
  }
}

/** What owners see and do of their webhooks. */
export function addWebhookGraph(builder: Builder, refs: Pick<WebsiteRefs, 'website' | 'websiteById'>) {
  const { attempt, delivery } = addDeliveryTypes(builder)
  const webhook = addWebhookType(builder, { ...refs, delivery })
  addWebhookQueries(builder, webhook)
  addWebhookMutations(builder, { webhook, attempt })
  return { webhook }
}

function addWebhookQueries(builder: Builder, webhook: WebhookRef): void {
  builder.queryField('webhook', (t) =>
    t.field({
      type: webhook,
      nullable: true,
      description: 'A webhook of the caller, who must be an owner; null when there is none with this id.',
      args: { id: t.arg.id({ description: "The webhook's id." }) },
      resolve: (_root, { id }, context) => findWebhook(context, { userId: requireOwner(context), id }),
    }),
  )
  const webhookConnection = addConnection(
    builder,
    webhook,
    { page: 'A page of webhooks.', edge: 'A webhook on its page.' },
    'TOLD',
  )
  builder.queryField('webhooks', (t) =>
    t.connection(
      {
        type: webhook,
        description: "The caller's webhooks, in the order in which they were made; at most 20. For owners.",
        resolve: async (_root, page, context) => {
          const userId = requireOwner(context)
          return resolvePage(page, {
            cursor: ID_CURSOR,
            listed: 'oldestFirst',
            read: (slice) => listWebhooks(context, { userId, ...slice }),
            count: () => countWebhooks(context, userId),
          })
        },
      },
      webhookConnection,
    ),
  )
}
