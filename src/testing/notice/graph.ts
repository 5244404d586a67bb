import { createBuilder } from '../../graph/create-builder.js'
import type { Identity } from '../../graph/identity.js'
import { createChannelSender } from '../../notice/channel-sender.js'
import { addNoticeGraph } from '../../notice/graph.js'
import { addWebsiteGraph } from '../../website/graph.js'
import { addTestUser, ask, ownerIdentity } from '../owner/parts.js'
import type { TestTemplate } from '../test-template.js'
import { openTestOutbox } from './outbox.js'

export async function openTestNotices(template: TestTemplate) {
  const outbox = await openTestOutbox(template)
  const channelSender = createChannelSender({ allowPrivateTargets: true })
  const parts = { ...outbox, channelSender }
  const builder = createBuilder()
  addNoticeGraph(builder, addWebsiteGraph(builder).website)
  const schema = builder.toSchema()
  const strangerId = await addTestUser(parts, 'stranger@example.com')
  return {
    parts,
    schema,
    owner: ownerIdentity(parts.userId),
    strangerId,
    stranger: ownerIdentity(strangerId),
    as: <Data = Record<string, unknown>>(
      identity: Identity,
      source: string,
      variables: Record<string, unknown> = {},
      settings: Partial<typeof parts.settings> = {},
    ) => {
      const changed = { ...parts, settings: { ...parts.settings, ...settings } }
      return ask<Data>(schema, changed, identity, source, variables)
    },
    removeChannels: async () => {
      await parts.store.prisma.delivery.deleteMany()
      await parts.store.prisma.channel.deleteMany()
    },
    close: async () => {
      await channelSender.close()
      await parts.store.close()
    },
  }
}
