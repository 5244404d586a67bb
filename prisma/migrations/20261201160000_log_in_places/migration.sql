-- Where an account has logged in from, by a keyed hash: others' wrong guesses do not stop it there.
-- CreateTable
CREATE TABLE "LogInPlace" (
    "userId" UUID NOT NULL,
    "hash" BYTEA NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "LogInPlace_pkey" PRIMARY KEY ("userId","hash")
);

-- AddForeignKey
ALTER TABLE "LogInPlace" ADD CONSTRAINT "LogInPlace_userId_fkey" FOREIGN KEY ("userId") REFERENCES "User"("id") ON DELETE CASCADE ON UPDATE CASCADE;
