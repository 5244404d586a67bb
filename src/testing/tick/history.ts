import type { Website } from '../../generated/prisma/client.js'
import { createBuilder } from '../../graph/create-builder.js'
import { MINUTE_MS } from '../../time.js'
import { addTestUser, createTestParts, ownerActor, type TestParts } from '../owner/parts.js'
import type { Parts } from '../../parts.js'
import { batchStatement } from '../../protocol/batch-statement.js'
import { CHECK_VERSION } from '../../protocol/limits.js'
import { createKeyPair, type KeyPair } from '../../protocol/sign-statement.js'
import { signStatement } from '../sign-fast.js'
import { formatInstant } from '../../protocol/text-forms.js'
import type { Measurement } from '../../protocol/tick.js'
import { tickStatement } from '../../protocol/tick-statement.js'
import { leafHash, treeHash } from '../../protocol/tree-hash.js'
import { sealCallback } from '../../round/callback-id.js'
import type { Settings } from '../../settings.js'
import { openHubKeys } from '../../store/hub-keys.js'
import { ensurePartitions } from '../../store/partitions.js'
import type { TestTemplate } from '../test-template.js'
import { addValidatorGraph } from '../../validator/graph.js'
import { createWebsite } from '../../website/create-website.js'
import { addWebsiteGraph } from '../../website/graph.js'
import { findCheckHashes } from '../../tick/find-check-hashes.js'
import { type ClosedRound, findLastClosedRound } from '../../tick/find-last-closed-round.js'
import { addTickRefs } from '../../tick/tick-refs.js'
import { storeTicks } from '../../tick/store-ticks.js'
import type { SoundTick, Submission } from '../../tick/submission.js'

const DEADLINE_MS = 45_000
const REWARD_LAMPORTS = 1n
const HUB = 'http://localhost:8081'

export interface TestValidator {
  id: string
  no: number
  keys: KeyPair
}

/** An answer to store; the rest of the measurement is made up to fit. */
export interface TestAnswer extends Partial<Measurement> {
  website: Website
  roundAt: number
}

/** A hub's records, in which a test signs and stores answers as validators would. Its clock stands at 13:00. */
export async function createTestHistory(template: TestTemplate) {
  const base = await createTestParts(template)
  const settings: Settings = { ...base.settings, tickRetentionDays: 7, verdictRetentionDays: 90 }
  const parts: TestParts & Pick<Parts, 'keys'> & { lastClosedRound(): Promise<ClosedRound | null> } = {
    ...base,
    settings,
    keys: await openHubKeys(base.store),
    lastClosedRound: () => findLastClosedRound(base.store),
  }
  await ensurePartitions(parts.store, parts.clock.now())
  return {
    parts,
    addOwner: (name: string) => addTestUser(parts, `${name}@example.com`),
    async addWebsite(userId: string, name: string, everyRounds = 1): Promise<Website> {
      const url = `https://${name}.example.com/`
      const outcome = await createWebsite(parts, ownerActor(userId), { name, url, everyRounds })
      if (outcome.kind !== 'created') throw new Error(outcome.message)
      return outcome.website
    },
    async addValidator(): Promise<TestValidator> {
      const keys = createKeyPair()
      const { id, no } = await parts.store.prisma.validator.create({ data: { publicKey: keys.publicKey } })
      return { id, no, keys }
    },
    async addRounds(roundsAt: readonly number[], { intervalMs = MINUTE_MS, deadlineMs = DEADLINE_MS } = {}) {
      const data = roundsAt.map((roundAt) => roundRow(parts, roundAt, { intervalMs, deadlineMs }))
      await parts.store.prisma.round.createMany({ data })
    },
    /** Lets the answers of rounds be seen, without verdicts. */
    async closeRounds(roundsAt: readonly number[]) {
      const at = new Date(parts.clock.now())
      await parts.store.prisma.round.updateMany({
        where: { roundAt: { in: roundsAt.map((roundAt) => new Date(roundAt)) } },
        data: { sealedAt: at, closedAt: at },
      })
    },
    /** Rounds of the answers that are not there are added, and stay open. */
    submit: (validator: TestValidator, kind: 'single' | 'batch', answers: readonly TestAnswer[]) =>
      submit(parts, validator, kind, answers),
  }
}

function roundRow(
  { keys }: Pick<Parts, 'keys'>,
  roundAt: number,
  { intervalMs, deadlineMs } = { intervalMs: MINUTE_MS, deadlineMs: DEADLINE_MS },
) {
  const deadlineAt = new Date(roundAt + deadlineMs)
  return {
    roundAt: new Date(roundAt),
    deadlineAt,
    intervalMs,
    keyId: keys.newest.id,
    checkVersion: CHECK_VERSION,
    setAside: [],
  }
}

/** The schema as far as this room makes it. */
export function createTestSchema() {
  const builder = createBuilder()
  addTickRefs(builder, { ...addWebsiteGraph(builder), ...addValidatorGraph(builder) })
  return builder.toSchema()
}

/** Stores answers under one signature, which for a `single` is over the one statement. Returns the statements. */
async function submit(
  parts: Pick<Parts, 'store' | 'keys' | 'clock'>,
  validator: TestValidator,
  kind: 'single' | 'batch',
  answers: readonly TestAnswer[],
): Promise<string[]> {
  await parts.store.prisma.round.createMany({
    data: answers.map(({ roundAt }) => roundRow(parts, roundAt)),
    skipDuplicates: true,
  })
  const hashes = await findCheckHashes(
    parts.store,
    answers.map(({ website, roundAt }) => ({
      websiteId: website.id,
      revision: website.checkRevision,
      roundAt: new Date(roundAt),
    })),
  )
  const made = answers.map((answer, index) => makeAnswer(parts, validator, answer, String(hashes[index])))
  const statements = made.map(({ statement }) => statement)
  const leaves = statements.map(leafHash)
  const root = treeHash(leaves).toString('hex')
  const signed =
    kind === 'single'
      ? String(statements[0])
      : batchStatement({ hub: HUB, validator: validator.keys.publicKey, count: leaves.length, root })
  const submission: Submission = {
    validatorNo: validator.no,
    hub: HUB,
    receivedAt: parts.clock.now(),
    batch: kind === 'batch',
    signature: Buffer.from(signStatement(validator.keys, signed), 'base64'),
    leaves,
  }
  const ticks = made.map(({ callback, measurement }, leafIndex): SoundTick => {
    return { submission, callback, measurement, leafIndex, late: false }
  })
  const stored = await storeTicks(parts.store.sql, ticks, REWARD_LAMPORTS)
  if (stored.length !== ticks.length) throw new Error('a tick was there before, or its round is closed')
  return statements
}

function makeAnswer(
  { keys }: Pick<Parts, 'keys'>,
  validator: TestValidator,
  { website, roundAt, ...given }: TestAnswer,
  checkHash: string,
) {
  const isBad = given.status === 'Bad'
  const measurement: Measurement = {
    checkedAt: formatInstant(roundAt + 1_234),
    status: 'Good',
    failure: isBad ? 'CONNECT' : null,
    detail: isBad ? 'ECONNREFUSED' : null,
    httpStatus: isBad ? null : 200,
    remoteAddress: isBad ? null : '192.0.2.7',
    latencyUs: isBad ? null : 120_000,
    dnsUs: isBad ? null : 1_000,
    connectUs: isBad ? null : 2_000,
    tlsUs: isBad ? null : 3_000,
    firstByteUs: isBad ? null : 100_000,
    certificateExpiresAt: isBad ? null : '2027-01-31T23:59:59.000Z',
    ...given,
  }
  const callback = {
    roundAt,
    deadlineAt: roundAt + DEADLINE_MS,
    websiteNo: website.no,
    validatorNo: validator.no,
    checkRevision: website.checkRevision,
  }
  const statement = tickStatement({
    ...measurement,
    hub: HUB,
    validator: validator.keys.publicKey,
    callback: sealCallback(keys.newest, callback),
    website: website.id,
    url: website.url,
    round: formatInstant(roundAt),
    check: checkHash,
  })
  return { callback, measurement, statement }
}
