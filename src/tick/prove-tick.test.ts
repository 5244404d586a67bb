import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import type { Website } from '../generated/prisma/client.js'
import { countOperations, ownerActor } from '../testing/owner/parts.js'
import { verifyStatement } from '../testing/protocol/verify-statement.js'
import { leafHash, rootFromInclusion } from '../protocol/tree-hash.js'
import { MINUTE_MS } from '../time.js'
import { deleteWebsite } from '../website/delete-website.js'
import { updateWebsite } from '../website/update-website.js'
import { findTick, type StoredTick } from './find-tick.js'
import type { TickProof } from './make-proof.js'
import { proveTicks } from './prove-tick.js'
import { createTestHistory, type TestValidator } from '../testing/tick/history.js'

const history = await createTestHistory(inject('template'))
const { parts } = history
afterAll(() => parts.store.close())
/** The last round of a day and the first of the next are both among those of the longest batch. */
const MIDNIGHT = Date.parse('2026-11-22T00:00:00.000Z')
const ROUNDS = Array.from({ length: 7 }, (_, index) => MIDNIGHT + (index - 3) * MINUTE_MS)
let userId: string
let website: Website

beforeAll(async () => {
  userId = await history.addOwner('owner')
  website = await history.addWebsite(userId, 'a')
  await history.addRounds(ROUNDS)
})

async function readTicks(validator: TestValidator, of: Website, rounds: readonly number[]): Promise<StoredTick[]> {
  const found = rounds.map((roundAt) => findTick(parts.store, { websiteNo: of.no, roundAt, validatorNo: validator.no }))
  return (await Promise.all(found)).filter((tick) => tick !== null)
}

async function proveAll(ticks: readonly StoredTick[]): Promise<TickProof[]> {
  const proofs = await proveTicks(parts, ticks)
  return proofs.map((proof) => {
    if (proof instanceof Error) throw proof
    return proof
  })
}

/** Verifies as a stranger would, by nothing but the proof. */
async function isProven(proof: TickProof): Promise<boolean> {
  const { statement, leafIndex, leafCount, path, batchStatement, signature, publicKey } = proof
  if (!statement.includes(`\nvalidator ${publicKey}\n`)) return false
  if ((await verifyStatement(publicKey, batchStatement ?? statement, signature)) !== null) return false
  if (batchStatement === null) return true
  const root = rootFromInclusion(leafHash(statement), leafIndex, leafCount, path)
  return batchStatement.endsWith(`\ncount ${leafCount}\nroot ${root?.toString('hex')}\n`)
}

describe('proveTicks', () => {
  it('proves a tick that was signed alone', async () => {
    const validator = await history.addValidator()
    const [statement] = await history.submit(validator, 'single', [{ website, roundAt: MIDNIGHT, status: 'Bad' }])
    const [proof] = await proveAll(await readTicks(validator, website, [MIDNIGHT]))
    expect(proof).toMatchObject({ statement, leafIndex: 0, leafCount: 1, path: [], batchStatement: null })
    expect(proof && (await isProven(proof))).toBe(true)
  })

  it.each([1, 2, 3, 7])('proves every tick of a batch of %i', async (count) => {
    const validator = await history.addValidator()
    const rounds = ROUNDS.slice(0, count)
    const answers = rounds.map((roundAt) => ({ website, roundAt }))
    const statements = await history.submit(validator, 'batch', answers)
    const proofs = await proveAll(await readTicks(validator, website, rounds))
    expect(proofs.map((proof) => proof.statement)).toEqual(statements)
    expect(proofs.map((proof) => proof.leafIndex)).toEqual([...rounds.keys()])
    expect(await Promise.all(proofs.map(isProven))).toEqual(rounds.map(() => true))
  })

  it('proves a tick at its own place only', async () => {
    const validator = await history.addValidator()
    const rounds = ROUNDS.slice(0, 3)
    const answers = rounds.map((roundAt) => ({ website, roundAt }))
    await history.submit(validator, 'batch', answers)
    const [first, second] = await proveAll(await readTicks(validator, website, rounds))
    if (!first || !second) throw new Error('proofs are missing')
    expect(await isProven({ ...first, statement: second.statement })).toBe(false)
    expect(await isProven({ ...first, leafIndex: second.leafIndex })).toBe(false)
  })

  it('still proves after new check settings and after the website is deleted', async () => {
    const validator = await history.addValidator()
    const gone = await history.addWebsite(userId, 'gone')
    await history.submit(validator, 'single', [{ website: gone, roundAt: MIDNIGHT }])
    await updateWebsite(parts, ownerActor(userId), { id: gone.id, changes: { check: { timeoutMs: 700 } } })
    await deleteWebsite(parts, ownerActor(userId), { id: gone.id })
    const proofs = await proveAll(await readTicks(validator, gone, [MIDNIGHT]))
    expect(await Promise.all(proofs.map(isProven))).toEqual([true])
  })

  it('will not prove what was changed after it was signed, and proves the others', async () => {
    const validator = await history.addValidator()
    const rounds = ROUNDS.slice(0, 2)
    await history.submit(
      validator,
      'batch',
      rounds.map((roundAt) => ({ website, roundAt })),
    )
    const [forged, honest] = await readTicks(validator, website, rounds)
    if (!forged || !honest) throw new Error('ticks are missing')
    const [first, second] = await proveTicks(parts, [{ ...forged, latencyUs: 1 }, honest])
    expect(first).toMatchObject({ message: expect.stringContaining('is not what was signed') })
    expect(second).toMatchObject({ leafIndex: 1 })
  })

  it('asks the database as often for many as for one', async () => {
    const validator = await history.addValidator()
    await history.submit(
      validator,
      'batch',
      ROUNDS.map((roundAt) => ({ website, roundAt })),
    )
    const ticks = await readTicks(validator, website, ROUNDS)
    const counts = []
    for (const some of [ticks.slice(0, 1), ticks]) {
      const { store, count } = countOperations(parts.store)
      await proveTicks({ ...parts, store }, some)
      counts.push(count())
    }
    expect(counts).toEqual([5, 5])
  })
})

describe('findTick', () => {
  it('finds the tick of a callback, with the id of its website', async () => {
    const validator = await history.addValidator()
    await history.submit(validator, 'single', [{ website, roundAt: MIDNIGHT, latencyUs: 7 }])
    const callback = { websiteNo: website.no, roundAt: MIDNIGHT, validatorNo: validator.no }
    expect(await findTick(parts.store, callback)).toMatchObject({
      websiteId: website.id,
      roundAt: new Date(MIDNIGHT),
      validatorNo: validator.no,
      latencyUs: 7,
      httpStatus: 200,
    })
    expect(await findTick(parts.store, { ...callback, roundAt: MIDNIGHT + MINUTE_MS })).toBeNull()
  })
})
