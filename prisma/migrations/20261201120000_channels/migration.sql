-- Webhooks become the first kind of channel. Their tables are renamed with all that is in them.

CREATE TYPE "ChannelKind" AS ENUM ('WEBHOOK');

CREATE TYPE "AttemptOutcome" AS ENUM ('DELIVERED', 'GONE', 'REFUSED', 'UNREACHABLE', 'STOPPED');

ALTER TABLE "Webhook" RENAME TO "Channel";
ALTER TABLE "Channel" RENAME CONSTRAINT "Webhook_pkey" TO "Channel_pkey";
ALTER TABLE "Channel" RENAME CONSTRAINT "Webhook_userId_fkey" TO "Channel_userId_fkey";
ALTER INDEX "Webhook_userId_id_idx" RENAME TO "Channel_userId_id_idx";
ALTER TABLE "Channel" ADD COLUMN "kind" "ChannelKind", ADD COLUMN "config" JSONB;
UPDATE "Channel" SET "kind" = 'WEBHOOK', "config" = jsonb_build_object('url', "url");
ALTER TABLE "Channel" ALTER COLUMN "kind" SET NOT NULL, ALTER COLUMN "config" SET NOT NULL, DROP COLUMN "url";

ALTER TABLE "WebhookDelivery" RENAME TO "Delivery";
ALTER TABLE "Delivery" RENAME COLUMN "webhookId" TO "channelId";
ALTER TABLE "Delivery" RENAME CONSTRAINT "WebhookDelivery_pkey" TO "Delivery_pkey";
ALTER TABLE "Delivery" RENAME CONSTRAINT "WebhookDelivery_webhookId_fkey" TO "Delivery_channelId_fkey";
ALTER INDEX "WebhookDelivery_nextAttemptAt_idx" RENAME TO "Delivery_nextAttemptAt_idx";
ALTER INDEX "WebhookDelivery_webhookId_id_idx" RENAME TO "Delivery_channelId_id_idx";

ALTER TABLE "WebhookAttempt" RENAME TO "DeliveryAttempt";
ALTER TABLE "DeliveryAttempt" RENAME CONSTRAINT "WebhookAttempt_pkey" TO "DeliveryAttempt_pkey";
ALTER TABLE "DeliveryAttempt" RENAME CONSTRAINT "WebhookAttempt_deliveryId_fkey" TO "DeliveryAttempt_deliveryId_fkey";
ALTER INDEX "WebhookAttempt_deliveryId_idx" RENAME TO "DeliveryAttempt_deliveryId_idx";
ALTER TABLE "DeliveryAttempt" ADD COLUMN "outcome" "AttemptOutcome";
-- As webhooks' answers were judged so far; a try that was stopped with its hub left no other trace than its words.
UPDATE "DeliveryAttempt" SET "outcome" = (CASE
  WHEN "httpStatus" BETWEEN 200 AND 299 THEN 'DELIVERED'
  WHEN "httpStatus" = 410 THEN 'GONE'
  WHEN "httpStatus" BETWEEN 300 AND 499 AND "httpStatus" NOT IN (408, 425, 429) THEN 'REFUSED'
  ELSE 'UNREACHABLE'
END)::"AttemptOutcome";
ALTER TABLE "DeliveryAttempt" ALTER COLUMN "outcome" SET NOT NULL;
