import type { z } from 'zod'
import type { Judgement } from './judge-webhook-answer.js'

export interface Message {
  /** The same in every attempt, so that receivers recognise repeats. */
  id: string
  /** What happened, as JSON text. */
  payload: string
  /** When this attempt is made, in Unix milliseconds. */
  at: number
}

export interface ChannelRequest {
  method: 'POST'
  url: string
  headers: Record<string, string>
  body: string
}

/** What is specific to one kind of channel. All of it is pure. */
export interface ChannelAdapter<Config> {
  config: z.ZodType<Config>
  render(channel: { config: Config; secrets: readonly Uint8Array[] }, message: Message): ChannelRequest
  judge(httpStatus: number): Judgement
}
