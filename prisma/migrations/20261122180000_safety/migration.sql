-- Read-only tokens, suspended validators, evidence, the log of changes, proofs of ownership, denied hosts.
-- CreateEnum
CREATE TYPE "ActorKind" AS ENUM ('OWNER', 'OPERATOR', 'HUB');

-- CreateEnum
CREATE TYPE "ProofMethod" AS ENUM ('DNS', 'FILE', 'META');

-- AlterTable
ALTER TABLE "ApiToken" ADD COLUMN     "readOnly" BOOLEAN NOT NULL DEFAULT false;

-- AlterTable
ALTER TABLE "Validator" ADD COLUMN     "network" TEXT,
ADD COLUMN     "suspendedAt" TIMESTAMPTZ(3);

-- CreateTable
CREATE TABLE "AuditEntry" (
    "id" UUID NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "actor" "ActorKind" NOT NULL,
    "userId" UUID,
    "tokenId" UUID,
    "action" TEXT NOT NULL,
    "subjectKind" TEXT NOT NULL,
    "subjectId" TEXT,
    "detail" JSONB,

    CONSTRAINT "AuditEntry_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "ConflictingAnswer" (
    "id" UUID NOT NULL,
    "roundAt" TIMESTAMPTZ(3) NOT NULL,
    "receivedAt" TIMESTAMPTZ(3) NOT NULL,
    "websiteNo" INTEGER NOT NULL,
    "validatorNo" INTEGER NOT NULL,
    "statement" TEXT NOT NULL,
    "batch" BOOLEAN NOT NULL,
    "leafIndex" SMALLINT NOT NULL,
    "signature" BYTEA NOT NULL,
    "leaves" BYTEA NOT NULL,

    CONSTRAINT "ConflictingAnswer_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "HostProof" (
    "userId" UUID NOT NULL,
    "host" TEXT NOT NULL,
    "method" "ProofMethod" NOT NULL,
    "provenAt" TIMESTAMPTZ(3) NOT NULL,
    "checkedAt" TIMESTAMPTZ(3) NOT NULL,
    "failedAt" TIMESTAMPTZ(3),

    CONSTRAINT "HostProof_pkey" PRIMARY KEY ("userId","host")
);

-- CreateTable
CREATE TABLE "DeniedHost" (
    "host" TEXT NOT NULL,
    "reason" TEXT NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "DeniedHost_pkey" PRIMARY KEY ("host")
);

-- CreateIndex
CREATE INDEX "AuditEntry_userId_id_idx" ON "AuditEntry"("userId", "id");

-- CreateIndex
CREATE INDEX "ConflictingAnswer_validatorNo_id_idx" ON "ConflictingAnswer"("validatorNo", "id");

-- CreateIndex
CREATE INDEX "Validator_network_idx" ON "Validator"("network");

