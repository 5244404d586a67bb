-- A count, where "RoundRoster"."networks" is a list.
ALTER TABLE "Verdict" RENAME COLUMN "networks" TO "networkCount";
