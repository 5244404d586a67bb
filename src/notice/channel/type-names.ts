import type { ChannelKind } from '../../generated/prisma/client.js'

/** What GraphQL, and with it the log of changes, calls each kind. */
export const TYPE_NAMES = { WEBHOOK: 'Webhook' } as const satisfies Record<ChannelKind, string>
