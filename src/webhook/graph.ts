import { addConnection } from '../graph/add-connection.js'
import { perOperation } from '../graph/batch.js'
import type { Builder } from '../graph/builder.js'
import { requireOwner } from '../graph/context.js'
import { ID_CURSOR, resolvePage } from '../graph/resolve-page.js'
import { addDelivery } from './delivery-graph.js'
import { type DeliveryPage, listDeliveries } from './list-deliveries.js'
import { countWebhooks, findWebhook, listWebhooks } from './list-webhooks.js'
import { addWebhookMutations } from './mutation-graph.js'
import type { WebhookSender } from './webhook-sender.js'

declare module '../graph/context.js' {
  interface GraphContext {
    webhookSender: WebhookSender
  }
}

export type WebhookRef = ReturnType<typeof addWebhook>

/** What owners see and do of their webhooks. */
export function addWebhookGraph(builder: Builder) {
  const { attempt, delivery } = addDelivery(builder)
  const webhook = addWebhook(builder, delivery)
  addWebhookQueries(builder, webhook)
  addWebhookMutations(builder, { webhook, attempt })
  return { webhook }
}

function addWebhook(builder: Builder, delivery: ReturnType<typeof addDelivery>['delivery']) {
  const deliveriesOf = perOperation(
    ({ store }) =>
      (pages: readonly DeliveryPage[]) =>
        listDeliveries(store, pages),
  )
  const deliveryConnection = addConnection(builder, delivery, {
    page: 'A page of a delivery log.',
    edge: 'A delivery on its page.',
  })
  return builder.prismaObject('Webhook', {
    description: "A receiver of its owner's that is told of incidents, by Standard Webhooks. Only its owner sees it.",
    fields: (t) => ({
      id: t.exposeID('id', { description: 'Stays the same for good.' }),
      url: t.exposeString('url', { description: 'Where messages are posted to, in its normal form. Never changes.' }),
      websiteId: t.exposeID('websiteId', {
        nullable: true,
        description: 'Only incidents of the website with this id; null for all of its owner.',
      }),
      enabled: t.exposeBoolean('enabled', {
        description: 'Whether messages are sent. A receiver that answers with status 410 turns it off.',
      }),
      createdAt: t.expose('createdAt', { type: 'DateTime', description: 'When it was made.' }),
      deliveries: t.connection(
        {
          type: delivery,
          description: 'The delivery log: its messages of the last 30 days, newest first.',
          resolve: ({ id }, page, context) =>
            resolvePage(page, {
              cursor: ID_CURSOR,
              read: (slice) => deliveriesOf(context, { webhookId: id, ...slice }),
            }),
        },
        deliveryConnection,
      ),
    }),
  })
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
    (t) => ({
      totalCount: t.int({
        description: 'How many webhooks there are on all pages.',
        resolve: (_page, _arguments, context) => countWebhooks(context, requireOwner(context)),
      }),
    }),
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
          })
        },
      },
      webhookConnection,
    ),
  )
}
