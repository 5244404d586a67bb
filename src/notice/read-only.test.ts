import { afterAll, expect, inject, it } from 'vitest'
import { createChannelSender } from './channel-sender.js'
import { openTestOutbox, startReceiver } from '../testing/notice/outbox.js'
import { storedState } from '../testing/stored-state.js'
import { createWebhook } from './create-webhook.js'
import { deleteChannel } from './delete-channel.js'
import { rotateWebhookSecret } from './rotate-webhook-secret.js'
import { testChannel } from './try-channel.js'
import { updateWebhook } from './update-webhook.js'

const outbox = await openTestOutbox(inject('template'))
const channelSender = createChannelSender({ allowPrivateTargets: true })
afterAll(async () => {
  await channelSender.close()
  await outbox.store.close()
})
const parts = { ...outbox, channelSender }
const readOnly = { ...outbox.actor, access: 'READ_ONLY' } as const

const VERBS: Record<string, (id: string) => Promise<unknown>> = {
  createWebhook: () => createWebhook(parts, readOnly, { url: 'https://hooks.example.com/', websiteId: null }),
  updateWebhook: (id) => updateWebhook(parts, readOnly, { id, enabled: false }),
  rotateWebhookSecret: (id) => rotateWebhookSecret(parts, readOnly, { id, overlapS: 0 }),
  deleteChannel: (id) => deleteChannel(parts, readOnly, id),
  testChannel: (id) => testChannel(parts, readOnly, id),
}

it.each(Object.keys(VERBS))('%s is not for a token that only reads, and changes nothing', async (name) => {
  const { url, received } = await startReceiver()
  const { webhook } = await outbox.addWebhook(url)
  const before = await storedState(outbox.store)
  await expect(VERBS[name]?.(webhook.id)).rejects.toMatchObject({ extensions: { code: 'FORBIDDEN' } })
  expect(await storedState(outbox.store)).toEqual(before)
  expect(received).toEqual([])
})
