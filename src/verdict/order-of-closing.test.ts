import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import type { Website } from '../generated/prisma/client.js'
import { commitTicks } from '../tick/commit-ticks.js'
import type { SoundTick } from '../tick/submission.js'
import { type TestValidator } from '../testing/tick/history.js'
import { MINUTE_MS } from '../time.js'
import type { RoundClosing } from './round-closing.js'
import { createTestRounds } from '../testing/verdict/rounds.js'

const rounds = await createTestRounds(inject('template'))
const { store, clock, log } = rounds.parts
afterAll(() => store.close())
const NOON = clock.now()
const DEADLINE_MS = 45_000
let website: Website
let validators: TestValidator[]

beforeAll(async () => {
  website = await rounds.addWebsite(await rounds.addOwner('owner'), 'a')
  validators = [await rounds.addValidator(), await rounds.addValidator()]
})
const roster = () => ({ websites: [website], validators })
const closedRounds = async () =>
  (await store.prisma.round.findMany({ where: { closedAt: { not: null } }, orderBy: { roundAt: 'asc' } })).map(
    ({ roundAt }) => roundAt.getTime() - NOON,
  )

/** An answer as the intake would hand it on, of a check that was never run. */
function soundTick(roundAt: number, validator: TestValidator, leafByte: number, late = false): SoundTick {
  const callback = { roundAt, deadlineAt: roundAt + DEADLINE_MS, websiteNo: website.no, validatorNo: validator.no }
  const leaves = [Buffer.alloc(32, leafByte)]
  const submission = { validatorNo: validator.no, hub: 'http://localhost:8081', receivedAt: roundAt, batch: false }
  return {
    submission: { ...submission, signature: Buffer.alloc(64), leaves },
    callback: { ...callback, checkRevision: 1 },
    measurement: {
      checkedAt: new Date(roundAt).toISOString(),
      status: 'Good',
      failure: null,
      detail: null,
      httpStatus: 200,
      remoteAddress: null,
      latencyUs: 1,
      dnsUs: null,
      connectUs: null,
      tlsUs: null,
      firstByteUs: null,
      certificateExpiresAt: null,
    },
    leafIndex: 0,
    late,
  }
}
const commit = async (...ticks: SoundTick[]) => {
  const outcomes = await commitTicks(
    { store, settings: { ...rounds.parts.settings, tickRewardLamports: 1n }, log },
    ticks,
  )
  return ticks.map((tick) => outcomes.get(tick))
}

describe('rounds', () => {
  it('are closed once their deadline has passed, and not at it', async () => {
    await rounds.addRound(NOON, roster())
    clock.moveTo(NOON + DEADLINE_MS)
    await rounds.close()
    expect(await closedRounds()).toEqual([])
    clock.advance(1)
    await rounds.close()
    expect(await closedRounds()).toEqual([0])
    expect(await rounds.verdictsOf(website)).toHaveLength(1)
  })

  it('are closed in their order: one that is open holds back the newer ones', async () => {
    await rounds.addRound(NOON + MINUTE_MS, roster())
    await rounds.addRounds([NOON + MINUTE_MS + 5_000], { intervalMs: 5_000, deadlineMs: 3_000 })
    clock.moveTo(NOON + MINUTE_MS + DEADLINE_MS)
    await rounds.close()
    expect(await closedRounds()).toEqual([0])
    clock.advance(1)
    const closings: RoundClosing[] = []
    await rounds.close([async (_sql, closing) => void closings.push(closing)])
    expect(closings.map(({ roundAt }) => roundAt - NOON)).toEqual([MINUTE_MS, MINUTE_MS + 5_000])
    expect(await closedRounds()).toEqual([0, MINUTE_MS, MINUTE_MS + 5_000])
  })

  it('are closed once by several closers at a time', async () => {
    const roundAt = NOON + 2 * MINUTE_MS
    await rounds.addRound(roundAt, roster())
    clock.moveTo(roundAt + DEADLINE_MS + 1)
    const { sequence } = await store.prisma.websiteState.findUniqueOrThrow({ where: { websiteNo: website.no } })
    const askedBefore = (await store.prisma.validatorDay.findFirstOrThrow()).asked
    const closings: number[] = []
    const step = async (_sql: unknown, closing: RoundClosing) => void closings.push(closing.roundAt)
    // The lease is there to save work: without it, the second finds the round closed all the same.
    const unleased = { ...store, exclusively: (_lock: number, work: () => Promise<unknown>) => work() } as typeof store
    await Promise.all([rounds.close([step]), rounds.close([step]), rounds.close([step], unleased)])
    expect(closings).toEqual([roundAt])
    const state = await store.prisma.websiteState.findUniqueOrThrow({ where: { websiteNo: website.no } })
    expect(state.sequence).toBe(sequence + 1n)
    expect((await store.prisma.validatorDay.findFirstOrThrow()).asked).toBe(askedBefore + 1)
  })

  it('are closed with all that later rooms do about them, or not at all', async () => {
    const roundAt = NOON + 3 * MINUTE_MS
    await rounds.addRound(roundAt, roster())
    clock.moveTo(roundAt + DEADLINE_MS + 1)
    const before = [await store.prisma.verdict.count(), await store.prisma.validatorDay.findMany()]
    const failing = rounds.close([() => Promise.reject(new Error('no incident today'))])
    await expect(failing).rejects.toThrow('no incident today')
    expect([await store.prisma.verdict.count(), await store.prisma.validatorDay.findMany()]).toEqual(before)
    expect(await store.prisma.round.findUnique({ where: { roundAt: new Date(roundAt) } })).toMatchObject({
      closedAt: null,
      sealedAt: new Date(clock.now()),
    })
    const seen: RoundClosing[] = []
    await rounds.close([async (_sql, closing) => void seen.push(closing)])
    expect(seen).toMatchObject([
      {
        roundAt,
        deadlineAt: roundAt + DEADLINE_MS,
        intervalMs: MINUTE_MS,
        closedAt: clock.now(),
        verdicts: [
          {
            website: { no: website.no, id: website.id, name: 'a', badToOpen: 2, goodToClose: 2 },
            status: 'Good',
            lastsMs: MINUTE_MS,
            failures: [],
            goodLatenciesUs: [120_000, 120_000],
          },
        ],
      },
    ])
    const good = { status: 'Good', failure: null, latencyUs: 120_000, setAside: false }
    expect(seen[0]?.verdicts[0]?.answers()).toEqual(validators.map(({ no }) => ({ validatorNo: no, ...good })))
  })
})

describe('an answer', () => {
  it('that finds its round sealed is LATE, unless it repeats what is stored, and is counted once', async () => {
    const roundAt = NOON + 4 * MINUTE_MS
    const [stored, silent] = validators as [TestValidator, TestValidator]
    await rounds.addRounds([roundAt])
    await rounds.addRoster(roundAt, roster())
    expect(await commit(soundTick(roundAt, stored, 1))).toEqual(['STORED'])
    clock.moveTo(roundAt + DEADLINE_MS + 1)
    await rounds.close()
    const dayOf = ({ no }: TestValidator) => store.prisma.validatorDay.findFirstOrThrow({ where: { validatorNo: no } })
    const before = await dayOf(silent)
    const balance = () => store.prisma.validator.findUniqueOrThrow({ where: { no: silent.no } })
    const { pendingPayouts } = await balance()
    expect(
      await commit(
        soundTick(roundAt, stored, 1),
        soundTick(roundAt, stored, 2),
        soundTick(roundAt, silent, 3),
        soundTick(roundAt, silent, 4, true),
      ),
    ).toEqual(['REPEATED', 'CONFLICT', 'LATE', 'LATE'])
    expect(await commit(soundTick(roundAt, silent, 3, true))).toEqual(['LATE'])
    expect(await dayOf(silent)).toEqual({ ...before, late: before.late + 1 })
    expect(await store.prisma.lateTick.findMany()).toEqual([
      { roundAt: new Date(roundAt), websiteNo: website.no, validatorNo: silent.no },
    ])
    expect((await balance()).pendingPayouts).toBe(pendingPayouts)
    expect((await dayOf(stored)).late).toBe(0)
    expect((await rounds.verdictsOf(website)).at(-1)).toMatchObject({ answered: 1 })
  })

  it('that races with the seal is counted or LATE, and nothing between', async () => {
    for (let round = 5; round < 25; round++) {
      const roundAt = NOON + round * MINUTE_MS
      await rounds.addRounds([roundAt])
      await rounds.addRoster(roundAt, roster())
      clock.moveTo(roundAt + DEADLINE_MS + 1)
      const later = async (turns: number, tick: SoundTick) => {
        for (let turn = 0; turn < turns; turn++) await new Promise((resolve) => void setImmediate(resolve))
        return commit(tick)
      }
      const [outcomes] = await Promise.all([
        Promise.all(
          validators.map((validator, index) => later((round - 5) * index, soundTick(roundAt, validator, round))),
        ),
        rounds.close(),
      ])
      const stored = outcomes.flat().filter((outcome) => outcome === 'STORED')
      const late = outcomes.flat().filter((outcome) => outcome === 'LATE')
      expect(stored.length + late.length).toBe(2)
      expect((await rounds.verdictsOf(website)).at(-1)).toMatchObject({
        roundAt: new Date(roundAt),
        answered: stored.length,
      })
      expect(await store.prisma.websiteTick.count({ where: { roundAt: new Date(roundAt) } })).toBe(stored.length)
      expect(await store.prisma.lateTick.count({ where: { roundAt: new Date(roundAt) } })).toBe(late.length)
    }
  })
})
