import type { Parts } from '../parts.js'
import { denialText, findDenials } from '../target/denied-hosts.js'
import type { ChannelSender, SendResult } from './channel-sender.js'
import type { Message } from './channel/adapter.js'
import { openChannel, type StoredChannel } from './channel/open-channel.js'

/** Sends a message unless the operator has denied the host since the channel was created. */
export async function sendUnlessDenied(
  { store, channelSender }: Pick<Parts, 'store'> & { channelSender: ChannelSender },
  stored: StoredChannel,
  message: Message,
): Promise<SendResult> {
  const { render, judge } = openChannel(stored)
  const request = render(message)
  const [denial] = await findDenials(store.sql, [request.url])
  if (!denial) return channelSender.send(request, judge)
  return { outcome: 'UNREACHABLE', durationMs: 0, httpStatus: null, answer: null, error: denialText(denial) }
}
