-- Tags that owners put on their websites. Older websites have none.
-- AlterTable
ALTER TABLE "Website" ADD COLUMN     "tags" TEXT[] NOT NULL DEFAULT ARRAY[]::TEXT[];

-- CreateIndex
CREATE INDEX "Website_tags_idx" ON "Website" USING GIN ("tags");
