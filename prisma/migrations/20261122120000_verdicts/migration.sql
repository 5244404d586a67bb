-- Verdicts, incidents and history. Late answers are kept by day, verdicts by week, rollups by month and year:
-- src/store/partitions.ts. What is written again every round leaves room on its pages.
-- CreateEnum
CREATE TYPE "VerdictStatus" AS ENUM ('Good', 'Bad', 'Inconclusive');

-- CreateEnum
CREATE TYPE "MaintenanceKind" AS ENUM ('ONE_OFF', 'WEEKLY');

-- CreateEnum
CREATE TYPE "IncidentEnd" AS ENUM ('RECOVERED', 'DISABLED', 'DELETED');

-- CreateEnum
CREATE TYPE "IncidentEventKind" AS ENUM ('OPENED', 'REOPENED', 'CLOSED', 'ACKNOWLEDGED', 'NOTE');

-- AlterTable
ALTER TABLE "Round" ADD COLUMN     "closedAt" TIMESTAMPTZ(3),
ADD COLUMN     "rule" TEXT,
ADD COLUMN     "sealedAt" TIMESTAMPTZ(3),
ADD COLUMN     "setAside" TEXT[];

-- AlterTable
ALTER TABLE "Website" ADD COLUMN     "badToOpen" SMALLINT NOT NULL DEFAULT 2,
ADD COLUMN     "goodToClose" SMALLINT NOT NULL DEFAULT 2,
ADD COLUMN     "minimumVotes" SMALLINT NOT NULL DEFAULT 1;

-- CreateTable
CREATE TABLE "LateTick" (
    "roundAt" TIMESTAMPTZ(3) NOT NULL,
    "websiteNo" INTEGER NOT NULL,
    "validatorNo" INTEGER NOT NULL,

    CONSTRAINT "LateTick_pkey" PRIMARY KEY ("validatorNo","roundAt","websiteNo")
) PARTITION BY RANGE ("roundAt");

-- CreateTable
CREATE TABLE "Verdict" (
    "roundAt" TIMESTAMPTZ(3) NOT NULL,
    "websiteNo" INTEGER NOT NULL,
    "checkRevision" INTEGER NOT NULL,
    "startsAfterMs" INTEGER NOT NULL,
    "lastsMs" INTEGER NOT NULL,
    "medianLatencyUs" INTEGER,
    "asked" INTEGER NOT NULL,
    "answered" INTEGER NOT NULL,
    "agreed" INTEGER NOT NULL,
    "disagreed" INTEGER NOT NULL,
    "status" "VerdictStatus" NOT NULL,
    "inMaintenance" BOOLEAN NOT NULL,
    "networks" SMALLINT NOT NULL,
    "quorumBase" SMALLINT NOT NULL,
    "votesNeeded" SMALLINT NOT NULL,
    "goodVotes" SMALLINT NOT NULL,
    "badVotes" SMALLINT NOT NULL,
    "votesSetAside" SMALLINT NOT NULL,
    "failures" INTEGER[],
    "root" BYTEA,

    CONSTRAINT "Verdict_pkey" PRIMARY KEY ("websiteNo","roundAt")
) PARTITION BY RANGE ("roundAt");

-- CreateTable
CREATE TABLE "WebsiteState" (
    "websiteNo" INTEGER NOT NULL,
    "roundAt" TIMESTAMPTZ(3) NOT NULL,
    "status" "VerdictStatus" NOT NULL,
    "coveredUntil" TIMESTAMPTZ(3) NOT NULL,
    "sequence" BIGINT NOT NULL,

    CONSTRAINT "WebsiteState_pkey" PRIMARY KEY ("websiteNo")
);

-- CreateTable
CREATE TABLE "ValidatorDay" (
    "validatorNo" INTEGER NOT NULL,
    "day" DATE NOT NULL,
    "asked" INTEGER NOT NULL,
    "agreed" INTEGER NOT NULL,
    "disagreed" INTEGER NOT NULL,
    "undecided" INTEGER NOT NULL,
    "unanswered" INTEGER NOT NULL,
    "late" INTEGER NOT NULL DEFAULT 0,

    CONSTRAINT "ValidatorDay_pkey" PRIMARY KEY ("validatorNo","day")
);

-- CreateTable
CREATE TABLE "MaintenanceWindow" (
    "id" UUID NOT NULL,
    "websiteId" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "kind" "MaintenanceKind" NOT NULL,
    "timeZone" TEXT NOT NULL,
    "startsAt" TEXT,
    "endsAt" TEXT,
    "weekdays" INTEGER[],
    "startTime" TEXT,
    "endTime" TEXT,
    "createdAt" TIMESTAMPTZ(3) NOT NULL,
    "deletedAt" TIMESTAMPTZ(3),

    CONSTRAINT "MaintenanceWindow_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Webhook" (
    "id" UUID NOT NULL,
    "userId" UUID NOT NULL,
    "websiteId" UUID,
    "url" TEXT NOT NULL,
    "secret" BYTEA NOT NULL,
    "enabled" BOOLEAN NOT NULL DEFAULT true,
    "createdAt" TIMESTAMPTZ(3) NOT NULL,
    "deletedAt" TIMESTAMPTZ(3),

    CONSTRAINT "Webhook_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "WebhookDelivery" (
    "id" UUID NOT NULL,
    "webhookId" UUID NOT NULL,
    "event" TEXT NOT NULL,
    "payload" TEXT NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL,
    "attemptCount" SMALLINT NOT NULL DEFAULT 0,
    "nextAttemptAt" TIMESTAMPTZ(3),
    "deliveredAt" TIMESTAMPTZ(3),
    "abandonedAt" TIMESTAMPTZ(3),

    CONSTRAINT "WebhookDelivery_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "WebhookAttempt" (
    "id" UUID NOT NULL,
    "deliveryId" UUID NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "durationMs" INTEGER NOT NULL,
    "httpStatus" SMALLINT,
    "answer" TEXT,
    "error" TEXT,

    CONSTRAINT "WebhookAttempt_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Incident" (
    "id" UUID NOT NULL,
    "websiteNo" INTEGER NOT NULL,
    "startedAt" TIMESTAMPTZ(3) NOT NULL,
    "openedAt" TIMESTAMPTZ(3) NOT NULL,
    "endedAt" TIMESTAMPTZ(3),
    "closedAt" TIMESTAMPTZ(3),
    "end" "IncidentEnd",
    "reopenedCount" INTEGER NOT NULL DEFAULT 0,
    "failure" "FailureClass",
    "acknowledgedAt" TIMESTAMPTZ(3),
    "acknowledgedBy" UUID,
    "revision" INTEGER NOT NULL DEFAULT 1,

    CONSTRAINT "Incident_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "IncidentEvent" (
    "id" UUID NOT NULL,
    "incidentId" UUID NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "kind" "IncidentEventKind" NOT NULL,
    "roundAt" TIMESTAMPTZ(3),
    "failure" "FailureClass",
    "sightings" JSONB,
    "userId" UUID,
    "note" TEXT,

    CONSTRAINT "IncidentEvent_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "WebsiteRun" (
    "websiteNo" INTEGER NOT NULL,
    "status" "WebsiteStatus" NOT NULL,
    "length" SMALLINT NOT NULL,
    "startedAt" TIMESTAMPTZ(3) NOT NULL,
    "openIncidentId" UUID,
    "lastIncidentId" UUID,
    "lastClosedAt" TIMESTAMPTZ(3),

    CONSTRAINT "WebsiteRun_pkey" PRIMARY KEY ("websiteNo")
);

-- CreateTable
CREATE TABLE "QuarterRollup" (
    "startAt" TIMESTAMPTZ(3) NOT NULL,
    "websiteNo" INTEGER NOT NULL,
    "goodMs" INTEGER NOT NULL,
    "badMs" INTEGER NOT NULL,
    "inconclusiveMs" INTEGER NOT NULL,
    "maintenanceGoodMs" INTEGER NOT NULL,
    "maintenanceBadMs" INTEGER NOT NULL,
    "maintenanceInconclusiveMs" INTEGER NOT NULL,
    "goodCount" SMALLINT NOT NULL,
    "badCount" SMALLINT NOT NULL,
    "inconclusiveCount" SMALLINT NOT NULL,
    "maintenanceCount" SMALLINT NOT NULL,
    "latency" BYTEA,

    CONSTRAINT "QuarterRollup_pkey" PRIMARY KEY ("websiteNo","startAt")
) PARTITION BY RANGE ("startAt");

-- CreateTable
CREATE TABLE "DayRollup" (
    "startAt" TIMESTAMPTZ(3) NOT NULL,
    "websiteNo" INTEGER NOT NULL,
    "goodMs" INTEGER NOT NULL,
    "badMs" INTEGER NOT NULL,
    "inconclusiveMs" INTEGER NOT NULL,
    "maintenanceGoodMs" INTEGER NOT NULL,
    "maintenanceBadMs" INTEGER NOT NULL,
    "maintenanceInconclusiveMs" INTEGER NOT NULL,
    "goodCount" INTEGER NOT NULL,
    "badCount" INTEGER NOT NULL,
    "inconclusiveCount" INTEGER NOT NULL,
    "maintenanceCount" INTEGER NOT NULL,
    "latency" BYTEA,

    CONSTRAINT "DayRollup_pkey" PRIMARY KEY ("websiteNo","startAt")
) PARTITION BY RANGE ("startAt");

-- CreateIndex
CREATE INDEX "MaintenanceWindow_websiteId_idx" ON "MaintenanceWindow"("websiteId");

-- CreateIndex
CREATE INDEX "Webhook_userId_id_idx" ON "Webhook"("userId", "id");

-- CreateIndex
CREATE INDEX "WebhookDelivery_nextAttemptAt_idx" ON "WebhookDelivery"("nextAttemptAt");

-- CreateIndex
CREATE INDEX "WebhookDelivery_webhookId_id_idx" ON "WebhookDelivery"("webhookId", "id");

-- CreateIndex
CREATE INDEX "WebhookAttempt_deliveryId_idx" ON "WebhookAttempt"("deliveryId");

-- CreateIndex
CREATE INDEX "Incident_websiteNo_startedAt_idx" ON "Incident"("websiteNo", "startedAt");

-- CreateIndex
CREATE INDEX "IncidentEvent_incidentId_id_idx" ON "IncidentEvent"("incidentId", "id");

-- CreateIndex
CREATE INDEX "Round_closedAt_idx" ON "Round"("closedAt");

-- AddForeignKey
ALTER TABLE "MaintenanceWindow" ADD CONSTRAINT "MaintenanceWindow_websiteId_fkey" FOREIGN KEY ("websiteId") REFERENCES "Website"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Webhook" ADD CONSTRAINT "Webhook_userId_fkey" FOREIGN KEY ("userId") REFERENCES "User"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "WebhookDelivery" ADD CONSTRAINT "WebhookDelivery_webhookId_fkey" FOREIGN KEY ("webhookId") REFERENCES "Webhook"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "WebhookAttempt" ADD CONSTRAINT "WebhookAttempt_deliveryId_fkey" FOREIGN KEY ("deliveryId") REFERENCES "WebhookDelivery"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "IncidentEvent" ADD CONSTRAINT "IncidentEvent_incidentId_fkey" FOREIGN KEY ("incidentId") REFERENCES "Incident"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

ALTER TABLE "WebsiteState" SET (fillfactor = 50);
ALTER TABLE "WebsiteRun" SET (fillfactor = 50);
