-- The secret before the present one goes on signing for some time.
ALTER TABLE "Channel" ADD COLUMN "previousSecret" BYTEA, ADD COLUMN "previousSecretUntil" TIMESTAMPTZ(3);
