-- When a clock that was wrong has begun rounds in the future, an operator has the closed ones stay out of order.
-- AlterTable
ALTER TABLE "Round" ADD COLUMN     "outOfOrder" BOOLEAN NOT NULL DEFAULT false;

-- Jumps of the clock forward, after which nothing is dropped until it is trusted.
-- CreateTable
CREATE TABLE "ClockJump" (
    "noticedAt" TIMESTAMPTZ(3) NOT NULL,
    "lastClosedAt" TIMESTAMPTZ(3) NOT NULL,
    "ranMs" BIGINT NOT NULL DEFAULT 0,
    "trustedAt" TIMESTAMPTZ(3),

    CONSTRAINT "ClockJump_pkey" PRIMARY KEY ("noticedAt")
);
