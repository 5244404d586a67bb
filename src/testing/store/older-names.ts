import type { KnownColumns } from './known-columns.js'

/** What the version before 2026-12 knew by other names, as it knew it: views for a database of today. */
export const OLDER_NAMES = `
CREATE VIEW "Webhook" AS SELECT id, "userId", "websiteId", config ->> 'url' AS url, secret, enabled, "createdAt", "deletedAt"
  FROM "Channel" WHERE kind = 'WEBHOOK';
CREATE VIEW "WebhookDelivery" AS SELECT id, "channelId" AS "webhookId", event, payload, "createdAt", "attemptCount",
  "nextAttemptAt", "deliveredAt", "abandonedAt" FROM "Delivery";
CREATE VIEW "WebhookAttempt" AS SELECT * FROM "DeliveryAttempt"`

/** The partitioned tables of that version. */
export const OLDER_PARTITIONED = [
  'RoundRoster',
  'WebsiteTick',
  'Submission',
  'LateTick',
  'Verdict',
  'QuarterRollup',
  'DayRollup',
]

/** Later names of columns, by their table. */
export const RENAMED: Record<string, [older: string, newer: string]> = { Verdict: ['"networks"', '"networkCount"'] }

/** The same columns in the same order, by the names that they have now. */
export function asNamedNow(columns: KnownColumns): KnownColumns {
  return new Map(
    [...columns].map(([table, names]) => {
      const [older, newer] = RENAMED[table] ?? ['', '']
      return [table, names.replace(older, newer)]
    }),
  )
}
