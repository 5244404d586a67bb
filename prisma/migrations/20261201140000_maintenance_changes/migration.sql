-- When the times of a window were changed last: it counts for rounds from then on, and what it was before is kept as a
-- deleted window beside it. Null for one that was never changed.
-- AlterTable
ALTER TABLE "MaintenanceWindow" ADD COLUMN     "changedAt" TIMESTAMPTZ(3);

-- A window has the times of its kind and none of the other.
ALTER TABLE "MaintenanceWindow" ADD CONSTRAINT "MaintenanceWindow_times_check" CHECK (
  CASE kind
    WHEN 'ONE_OFF' THEN "startsAt" IS NOT NULL AND "endsAt" IS NOT NULL AND coalesce(cardinality(weekdays), 0) = 0
      AND "startTime" IS NULL AND "endTime" IS NULL
    WHEN 'WEEKLY' THEN "startsAt" IS NULL AND "endsAt" IS NULL AND coalesce(cardinality(weekdays), 0) > 0
      AND "startTime" IS NOT NULL AND "endTime" IS NOT NULL
  END
);
