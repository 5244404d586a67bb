import type { ChannelKind } from '../../generated/prisma/client.js'

/** What GraphQL and the log of changes call each kind. */
export const TYPE_NAMES = { WEBHOOK: 'Webhook' } as const satisfies Record<ChannelKind, string>
