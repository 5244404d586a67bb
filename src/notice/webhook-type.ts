import { addConnection } from '../graph/add-connection.js'
import { perOperation } from '../graph/batch.js'
import type { Builder, ModelRef } from '../graph/builder.js'
import { ID_CURSOR, resolvePage } from '../graph/resolve-page.js'
import type { WebsiteRefs } from '../website/website-type.js'
import type { DeliveryRef } from './delivery-type.js'
import { type DeliveryPage, listDeliveries } from './list-deliveries.js'

export type WebhookRef = ModelRef<'Webhook'>

type Refs = Pick<WebsiteRefs, 'website' | 'websiteById'> & { delivery: DeliveryRef }

export function addWebhookType(builder: Builder, { delivery, website, websiteById }: Refs): WebhookRef {
  const deliveriesOf = perOperation(({ store }, pages: readonly DeliveryPage[]) => listDeliveries(store, pages))
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
      website: t.field({
        type: website,
        nullable: true,
        description: 'The website whose incidents alone it is told of, a deleted one as it last was; null for all.',
        resolve: ({ websiteId }, _arguments, context) => (websiteId === null ? null : websiteById(context, websiteId)),
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
