-- The version of the check statement that a round's answers carry. Whoever records a round without knowing of it means the first.
ALTER TABLE "Round" ADD COLUMN "checkVersion" SMALLINT NOT NULL DEFAULT 1;

-- The version of the protocol that a validator said it speaks when it signed up.
ALTER TABLE "ValidatorSession" ADD COLUMN "protocolVersion" INTEGER NOT NULL DEFAULT 1;
