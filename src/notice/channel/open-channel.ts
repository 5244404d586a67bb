import type { Channel, ChannelKind } from '../../generated/prisma/client.js'
import type { ChannelRequest, ChannelType, Message } from './channel-type.js'
import type { Judgement } from './judge-answer.js'
import { webhook } from './webhook.js'

const TYPES: Readonly<Record<ChannelKind, ChannelType<unknown>>> = { WEBHOOK: webhook }

/** What a channel's row says of how to send to it. */
export type StoredChannel = Pick<Channel, 'kind' | 'config' | 'secret'>

/** A channel of whatever kind, ready to send. */
export interface OpenChannel {
  render(message: Message): ChannelRequest
  judge(httpStatus: number): Judgement
}

export function openChannel({ kind, config, secret }: StoredChannel): OpenChannel {
  const type = TYPES[kind]
  const channel = { config: type.config.parse(config), secrets: [secret] }
  return {
    render: (message) => type.render(channel, message),
    judge: (httpStatus) => type.judge(httpStatus),
  }
}
