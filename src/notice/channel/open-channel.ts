import type { Channel, ChannelKind } from '../../generated/prisma/client.js'
import type { ChannelRequest, ChannelAdapter, Message } from './adapter.js'
import type { Judgement } from './judge-webhook-answer.js'
import { webhook } from './webhook.js'

const ADAPTERS: Readonly<Record<ChannelKind, ChannelAdapter<unknown>>> = { WEBHOOK: webhook }

export type StoredChannel = Pick<Channel, 'kind' | 'config' | 'secret' | 'previousSecret' | 'previousSecretUntil'>

/** A channel of any kind, ready to send. */
export interface OpenChannel {
  render(message: Message): ChannelRequest
  judge(httpStatus: number): Judgement
}

export function openChannel(stored: StoredChannel): OpenChannel {
  const adapter = ADAPTERS[stored.kind]
  const config = adapter.config.parse(stored.config)
  return {
    render: (message) => adapter.render({ config, secrets: secretsAt(stored, message.at) }, message),
    judge: (httpStatus) => adapter.judge(httpStatus),
  }
}

/** Those that sign at an instant, the current one first. */
function secretsAt({ secret, previousSecret, previousSecretUntil }: StoredChannel, at: number): Uint8Array[] {
  if (previousSecret === null || previousSecretUntil === null || previousSecretUntil.getTime() <= at) return [secret]
  return [secret, previousSecret]
}
