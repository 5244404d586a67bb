-- Codes of links that open the dashboard logged in, once. Only their hashes are kept.
-- CreateTable
CREATE TABLE "LogInCode" (
    "hash" BYTEA NOT NULL,
    "userId" UUID NOT NULL,
    "expiresAt" TIMESTAMPTZ(3) NOT NULL,
    "usedAt" TIMESTAMPTZ(3),

    CONSTRAINT "LogInCode_pkey" PRIMARY KEY ("hash")
);

-- CreateIndex
CREATE INDEX "LogInCode_userId_idx" ON "LogInCode"("userId");

-- AddForeignKey
ALTER TABLE "LogInCode" ADD CONSTRAINT "LogInCode_userId_fkey" FOREIGN KEY ("userId") REFERENCES "User"("id") ON DELETE CASCADE ON UPDATE CASCADE;
