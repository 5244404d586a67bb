-- What a round pays, fixed when it is recorded. Older rounds keep null: what was paid for them nobody wrote down.
-- AlterTable
ALTER TABLE "Round" ADD COLUMN     "rewardLamports" BIGINT,
ADD COLUMN     "rewardRule" TEXT;
