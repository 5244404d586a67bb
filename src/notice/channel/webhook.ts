import { z } from 'zod'
import type { ChannelAdapter } from './adapter.js'
import { judgeWebhookAnswer } from './judge-webhook-answer.js'
import { signMessage } from './sign-message.js'

export interface WebhookConfig {
  url: string
}

const config = z.strictObject({ url: z.string() })

export const webhook: ChannelAdapter<WebhookConfig> = {
  config,
  render: ({ config: { url }, secrets }, { id, at, payload }) => ({
    method: 'POST',
    url,
    headers: { 'content-type': 'application/json', ...signMessage(secrets, { id, at, body: payload }) },
    body: payload,
  }),
  judge: judgeWebhookAnswer,
}

export function readWebhookConfig(stored: unknown): WebhookConfig {
  return config.parse(stored)
}
