import { type Delivery, Prisma } from '../generated/prisma/client.js'
import { addConnection } from '../graph/add-connection.js'
import { perOperation } from '../graph/batch.js'
import type { Builder } from '../graph/builder.js'
import { ID_CURSOR, resolvePage } from '../graph/resolve-page.js'
import { type PageOf, readPages } from '../store/read-pages.js'
import type { ChannelRef } from './channel-type.js'
import type { DeliveryRef } from './delivery-type.js'

const DELIVERIES = { table: 'Delivery', fields: Prisma.DeliveryScalarFieldEnum, parent: 'channelId' }

export function addDeliveryLog(
  builder: Builder,
  { channel, delivery }: { channel: ChannelRef; delivery: DeliveryRef },
) {
  const deliveriesOf = perOperation(({ store }, pages: readonly PageOf[]) =>
    readPages<Delivery>(store.sql, DELIVERIES, pages),
  )
  const deliveryConnection = addConnection(builder, delivery, {
    page: 'A page of a delivery log.',
    edge: 'A delivery on its page.',
  })
  builder.prismaInterfaceField(channel, 'deliveries', (t) =>
    t.connection(
      {
        type: delivery,
        description: 'The delivery log: its messages of the last 30 days, newest first.',
        resolve: ({ id }, page, context) =>
          resolvePage(page, {
            cursor: ID_CURSOR,
            read: (slice) => deliveriesOf(context, { parentId: id, ...slice }),
          }),
      },
      deliveryConnection,
    ),
  )
}
