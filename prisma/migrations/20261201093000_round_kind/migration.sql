-- What a round was begun for. All older ones were of the schedule, or begun by an operator in the same way.
-- CreateEnum
CREATE TYPE "RoundKind" AS ENUM ('SCHEDULED', 'ON_DEMAND');

-- AlterTable
ALTER TABLE "Round" ADD COLUMN     "kind" "RoundKind" NOT NULL DEFAULT 'SCHEDULED';
