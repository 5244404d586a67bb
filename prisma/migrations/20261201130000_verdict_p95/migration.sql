-- The 95th percentile beside the median, so that single minutes have it too. Older verdicts keep null.
-- AlterTable
ALTER TABLE "Verdict" ADD COLUMN     "p95LatencyUs" INTEGER;
