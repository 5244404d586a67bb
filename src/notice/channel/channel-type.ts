import type { z } from 'zod'
import type { Judgement } from './judge-answer.js'

/** One try to deliver a message, whatever the kind of its channel. */
export interface Message {
  /** The same for every try to deliver one message, so that its receiver can tell a repeat. */
  id: string
  /** What happened, as JSON text. */
  payload: string
  /** When this try is made, in Unix milliseconds. */
  at: number
}

export interface ChannelRequest {
  method: 'POST'
  url: string
  headers: Record<string, string>
  body: string
}

/** What is particular to one kind of channel. All of it is pure. */
export interface ChannelType<Config> {
  /** What the channel's row keeps of it. */
  config: z.ZodType<Config>
  render(channel: { config: Config; secrets: readonly Uint8Array[] }, message: Message): ChannelRequest
  judge(httpStatus: number): Judgement
}
