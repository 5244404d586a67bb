/** What the version before 2026-12 knew by other names, as it knew it: views for a database of today. */
export const OLDER_NAMES = `
CREATE VIEW "Webhook" AS SELECT id, "userId", "websiteId", config ->> 'url' AS url, secret, enabled, "createdAt", "deletedAt"
  FROM "Channel" WHERE kind = 'WEBHOOK';
CREATE VIEW "WebhookDelivery" AS SELECT id, "channelId" AS "webhookId", event, payload, "createdAt", "attemptCount",
  "nextAttemptAt", "deliveredAt", "abandonedAt" FROM "Delivery";
CREATE VIEW "WebhookAttempt" AS SELECT * FROM "DeliveryAttempt"`
