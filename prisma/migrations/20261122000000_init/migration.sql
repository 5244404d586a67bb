-- Ticks, submissions and rosters are partitioned by the UTC day of their round. The daily children live in a schema of
-- their own, where Prisma does not look: src/store/partitions.ts makes them ahead of time and drops them by retention.
CREATE SCHEMA "parts";

CREATE SEQUENCE "parts"."submission_id" AS BIGINT;

-- CreateEnum
CREATE TYPE "ApiTokenKind" AS ENUM ('SESSION', 'API');

-- CreateEnum
CREATE TYPE "WebsiteStatus" AS ENUM ('Good', 'Bad');

-- CreateEnum
CREATE TYPE "TickRejection" AS ENUM ('INVALID', 'UNKNOWN_CALLBACK', 'NOT_YOURS', 'BAD_SIGNATURE', 'BANNED', 'CONFLICT', 'LATE', 'RATE_LIMITED', 'UNAVAILABLE');

-- CreateEnum
CREATE TYPE "FailureClass" AS ENUM ('DNS', 'CONNECT', 'TLS', 'TIMEOUT', 'PROTOCOL', 'REDIRECT', 'STATUS', 'ASSERTION');

-- CreateTable
CREATE TABLE "User" (
    "id" UUID NOT NULL,
    "email" TEXT NOT NULL,
    "passwordHash" TEXT,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "User_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "ApiToken" (
    "id" UUID NOT NULL,
    "userId" UUID NOT NULL,
    "kind" "ApiTokenKind" NOT NULL,
    "name" TEXT NOT NULL,
    "hash" BYTEA NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "lastUsedAt" TIMESTAMPTZ(3),
    "expiresAt" TIMESTAMPTZ(3),
    "revokedAt" TIMESTAMPTZ(3),

    CONSTRAINT "ApiToken_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Website" (
    "id" UUID NOT NULL,
    "no" SERIAL NOT NULL,
    "userId" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "url" TEXT NOT NULL,
    "enabled" BOOLEAN NOT NULL DEFAULT true,
    "everyRounds" INTEGER NOT NULL DEFAULT 1,
    "checkRevision" INTEGER NOT NULL DEFAULT 1,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "deletedAt" TIMESTAMPTZ(3),

    CONSTRAINT "Website_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "WebsiteCheck" (
    "websiteId" UUID NOT NULL,
    "revision" INTEGER NOT NULL,
    "settings" JSONB NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "WebsiteCheck_pkey" PRIMARY KEY ("websiteId","revision")
);

-- CreateTable
CREATE TABLE "WebsiteChange" (
    "id" UUID NOT NULL,
    "websiteId" UUID NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "enabled" BOOLEAN NOT NULL,
    "deleted" BOOLEAN NOT NULL DEFAULT false,
    "everyRounds" INTEGER NOT NULL,
    "checkRevision" INTEGER NOT NULL,

    CONSTRAINT "WebsiteChange_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Validator" (
    "id" UUID NOT NULL,
    "no" SERIAL NOT NULL,
    "publicKey" TEXT NOT NULL,
    "pendingPayouts" BIGINT NOT NULL DEFAULT 0,
    "label" TEXT,
    "region" TEXT,
    "agentVersion" TEXT,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "lastSignupAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "bannedAt" TIMESTAMPTZ(3),
    "refusedAt" TIMESTAMPTZ(3),
    "refusedReason" "TickRejection",
    "refusedMessage" TEXT,

    CONSTRAINT "Validator_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "ValidatorSession" (
    "id" UUID NOT NULL,
    "validatorId" UUID NOT NULL,
    "hash" BYTEA NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "expiresAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "ValidatorSession_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "UsedChallenge" (
    "challenge" TEXT NOT NULL,
    "expiresAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "UsedChallenge_pkey" PRIMARY KEY ("challenge")
);

-- CreateTable
CREATE TABLE "HubKey" (
    "id" SMALLSERIAL NOT NULL,
    "secret" BYTEA NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "HubKey_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Round" (
    "roundAt" TIMESTAMPTZ(3) NOT NULL,
    "deadlineAt" TIMESTAMPTZ(3) NOT NULL,
    "intervalMs" INTEGER NOT NULL,
    "keyId" SMALLINT NOT NULL,

    CONSTRAINT "Round_pkey" PRIMARY KEY ("roundAt")
);

-- CreateTable
CREATE TABLE "RoundRoster" (
    "roundAt" TIMESTAMPTZ(3) NOT NULL,
    "hubId" UUID NOT NULL,
    "rule" TEXT NOT NULL,
    "seed" TEXT NOT NULL,
    "websiteNos" INTEGER[],
    "checkRevisions" INTEGER[],
    "validatorNos" INTEGER[],
    "networks" TEXT[],

    CONSTRAINT "RoundRoster_pkey" PRIMARY KEY ("roundAt","hubId")
) PARTITION BY RANGE ("roundAt");

-- CreateTable
CREATE TABLE "WebsiteTick" (
    "roundAt" TIMESTAMPTZ(3) NOT NULL,
    "checkedAt" TIMESTAMPTZ(3) NOT NULL,
    "certificateExpiresAt" TIMESTAMPTZ(3),
    "submissionId" BIGINT NOT NULL,
    "websiteNo" INTEGER NOT NULL,
    "validatorNo" INTEGER NOT NULL,
    "checkRevision" INTEGER NOT NULL,
    "latencyUs" INTEGER,
    "dnsUs" INTEGER,
    "connectUs" INTEGER,
    "tlsUs" INTEGER,
    "firstByteUs" INTEGER,
    "status" "WebsiteStatus" NOT NULL,
    "failure" "FailureClass",
    "httpStatus" SMALLINT,
    "leafIndex" SMALLINT NOT NULL,
    "remoteAddress" TEXT,
    "detail" TEXT,

    CONSTRAINT "WebsiteTick_pkey" PRIMARY KEY ("websiteNo","roundAt","validatorNo")
) PARTITION BY RANGE ("roundAt");

-- CreateTable
CREATE TABLE "Submission" (
    "id" BIGINT NOT NULL,
    "roundAt" TIMESTAMPTZ(3) NOT NULL,
    "receivedAt" TIMESTAMPTZ(3) NOT NULL,
    "validatorNo" INTEGER NOT NULL,
    "batch" BOOLEAN NOT NULL,
    "hub" TEXT NOT NULL,
    "signature" BYTEA NOT NULL,
    "leaves" BYTEA NOT NULL,

    CONSTRAINT "Submission_pkey" PRIMARY KEY ("id","roundAt")
) PARTITION BY RANGE ("roundAt");

-- CreateIndex
CREATE UNIQUE INDEX "User_email_key" ON "User"("email");

-- CreateIndex
CREATE UNIQUE INDEX "ApiToken_hash_key" ON "ApiToken"("hash");

-- CreateIndex
CREATE INDEX "ApiToken_userId_idx" ON "ApiToken"("userId");

-- CreateIndex
CREATE UNIQUE INDEX "Website_no_key" ON "Website"("no");

-- CreateIndex
CREATE INDEX "Website_userId_id_idx" ON "Website"("userId", "id");

-- CreateIndex
CREATE INDEX "WebsiteChange_websiteId_at_idx" ON "WebsiteChange"("websiteId", "at");

-- CreateIndex
CREATE UNIQUE INDEX "Validator_no_key" ON "Validator"("no");

-- CreateIndex
CREATE UNIQUE INDEX "Validator_publicKey_key" ON "Validator"("publicKey");

-- CreateIndex
CREATE UNIQUE INDEX "ValidatorSession_hash_key" ON "ValidatorSession"("hash");

-- CreateIndex
CREATE INDEX "ValidatorSession_validatorId_idx" ON "ValidatorSession"("validatorId");

-- CreateIndex
CREATE INDEX "ValidatorSession_expiresAt_idx" ON "ValidatorSession"("expiresAt");

-- CreateIndex
CREATE INDEX "UsedChallenge_expiresAt_idx" ON "UsedChallenge"("expiresAt");

-- AddForeignKey
ALTER TABLE "ApiToken" ADD CONSTRAINT "ApiToken_userId_fkey" FOREIGN KEY ("userId") REFERENCES "User"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Website" ADD CONSTRAINT "Website_userId_fkey" FOREIGN KEY ("userId") REFERENCES "User"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "WebsiteCheck" ADD CONSTRAINT "WebsiteCheck_websiteId_fkey" FOREIGN KEY ("websiteId") REFERENCES "Website"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "WebsiteChange" ADD CONSTRAINT "WebsiteChange_websiteId_fkey" FOREIGN KEY ("websiteId") REFERENCES "Website"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ValidatorSession" ADD CONSTRAINT "ValidatorSession_validatorId_fkey" FOREIGN KEY ("validatorId") REFERENCES "Validator"("id") ON DELETE CASCADE ON UPDATE CASCADE;
