-- What validators could not check: their claims until the round closes, and the sums that are kept of them.
-- Claims are partitioned by day and sums by week: src/store/partitions.ts.
-- CreateEnum
CREATE TYPE "AbstentionReason" AS ENUM ('NO_NETWORK', 'NO_RESOLVER', 'NO_ADDRESS_FAMILY', 'LOCAL_LIMIT', 'STALLED', 'CLOCK_OFF', 'CAPTIVE_PORTAL', 'NO_TIME', 'NOT_PERMITTED', 'AGENT_FAULT');

-- AlterTable
ALTER TABLE "Verdict" ADD COLUMN     "abstentions" INTEGER[] NOT NULL DEFAULT ARRAY[]::INTEGER[];

-- AlterTable
ALTER TABLE "ValidatorDay" ADD COLUMN     "couldNotCheck" INTEGER NOT NULL DEFAULT 0;

-- CreateTable
CREATE TABLE "Abstention" (
    "roundAt" TIMESTAMPTZ(3) NOT NULL,
    "websiteNo" INTEGER NOT NULL,
    "validatorNo" INTEGER NOT NULL,
    "reason" "AbstentionReason" NOT NULL,

    CONSTRAINT "Abstention_pkey" PRIMARY KEY ("roundAt","websiteNo","validatorNo")
) PARTITION BY RANGE ("roundAt");

-- CreateTable
CREATE TABLE "AbstentionHour" (
    "validatorNo" INTEGER NOT NULL,
    "hourAt" TIMESTAMPTZ(3) NOT NULL,
    "reason" "AbstentionReason" NOT NULL,
    "count" INTEGER NOT NULL,

    CONSTRAINT "AbstentionHour_pkey" PRIMARY KEY ("validatorNo","hourAt","reason")
) PARTITION BY RANGE ("hourAt");
