import { expect, inject, it, onTestFinished } from 'vitest'
import { DAY_MS } from '../time.js'
import { deleteOldDeliveries } from './delete-old-deliveries.js'
import { openTestOutbox, startReceiver, startTestDeliverer } from '../testing/notice/outbox.js'

it('deletes deliveries of more than 30 days with their attempts, in batches, and no others', async () => {
  const outbox = await openTestOutbox(inject('template'))
  onTestFinished(() => outbox.store.close())
  const { url } = await startReceiver()
  await outbox.addWebhook(url)
  await outbox.enqueue(1)
  await startTestDeliverer(outbox).idle()
  await outbox.enqueue(...Array.from({ length: 1_100 }, (_, number) => number))
  outbox.clock.advance(30 * DAY_MS)
  expect(await deleteOldDeliveries(outbox)).toBe(0)
  await outbox.enqueue(2)
  outbox.clock.advance(1)
  expect(await deleteOldDeliveries(outbox)).toBe(1_101)
  expect(await outbox.deliveries()).toMatchObject([{ payload: expect.stringContaining('"number":2') }])
  expect(await outbox.store.prisma.deliveryAttempt.count()).toBe(0)
})
