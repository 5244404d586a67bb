import type { ConflictingAnswer, Validator } from '../generated/prisma/client.js'
import type { PageSlice } from '../graph/resolve-page.js'
import type { Parts } from '../parts.js'
import { findWebsitesByNo } from '../website/find-websites-by-no.js'
import { splitLeaves } from './find-submissions.js'
import type { StoredTick } from './find-tick.js'
import { keptSince } from '../store/kept-since.js'
import { makeProof, type TickProof } from './make-proof.js'
import { proveTicks } from './prove-tick.js'

/** Two different answers to one task, each with what proves that the same key has signed it. */
export interface ProvenConflict {
  id: string
  roundAt: Date
  websiteId: string
  validator: Validator
  receivedAt: Date
  first: TickProof
  second: TickProof
}

type ListParts = Pick<Parts, 'store' | 'keys' | 'clock' | 'settings'>

/** Evidence against keys, by round, as long as its ticks are certainly kept. */
export async function listConflicts(
  parts: ListParts,
  { validatorId, olderThan, newerThan, limit, order }: PageSlice & { validatorId: string | null },
): Promise<ProvenConflict[]> {
  const { store, clock, settings } = parts
  const validator =
    validatorId === null ? null : await store.prisma.validator.findUnique({ where: { id: validatorId } })
  if (validatorId !== null && !validator) return []
  const rows = await store.prisma.conflictingAnswer.findMany({
    where: {
      id: { ...(olderThan !== null && { lt: olderThan }), ...(newerThan !== null && { gt: newerThan }) },
      roundAt: { gte: new Date(keptSince(clock.now(), settings.tickRetentionDays)) },
      ...(validator && { validatorNo: validator.no }),
    },
    orderBy: { id: order === 'newestFirst' ? 'desc' : 'asc' },
    take: limit,
  })
  return proveConflicts(parts, rows)
}

async function proveConflicts(
  { store, keys }: ListParts,
  rows: readonly ConflictingAnswer[],
): Promise<ProvenConflict[]> {
  const ticks = await findTicks(store, rows)
  // Another hub may keep ticks for a shorter time than this one.
  const whole = rows.flatMap((row) => {
    const tick = ticks.get(nameOf(row))
    return tick ? [{ row, tick }] : []
  })
  const [proofs, validators] = await Promise.all([
    proveTicks(
      { store, keys },
      whole.map(({ tick }) => tick),
    ),
    store.prisma.validator.findMany({ where: { no: { in: distinct(rows.map((row) => row.validatorNo)) } } }),
  ])
  const validatorOf = new Map(validators.map((validator) => [validator.no, validator]))
  return whole.map(({ row, tick }, index) => {
    const [first, validator] = [proofs[index], validatorOf.get(row.validatorNo)]
    const second = validator && proveSecond(row, validator.publicKey)
    if (first instanceof Error) throw first
    if (!first || !second) throw new Error(`the evidence ${row.id} proves nothing`)
    const { id, roundAt, receivedAt } = row
    return { id, roundAt, websiteId: tick.websiteId, validator, receivedAt, first, second }
  })
}

async function findTicks(
  store: ListParts['store'],
  rows: readonly ConflictingAnswer[],
): Promise<ReadonlyMap<string, StoredTick>> {
  if (rows.length === 0) return new Map()
  const [ticks, websites] = await Promise.all([
    store.prisma.websiteTick.findMany({
      where: { OR: rows.map(({ roundAt, websiteNo, validatorNo }) => ({ roundAt, websiteNo, validatorNo })) },
    }),
    findWebsitesByNo(store, distinct(rows.map((row) => row.websiteNo))),
  ])
  return new Map(
    ticks.flatMap((tick) => {
      const website = websites.get(tick.websiteNo)
      return website ? [[nameOf(tick), { ...tick, websiteId: website.id }] as const] : []
    }),
  )
}

function proveSecond({ statement, leafIndex, batch, signature, leaves }: ConflictingAnswer, publicKey: string) {
  // All ticks of a submission share the hub line.
  const hub = /^hub (.*)$/m.exec(statement)?.[1] ?? ''
  const submission = { hub, batch, signature: Buffer.from(signature), leaves: splitLeaves(Buffer.from(leaves)) }
  return makeProof({ statement, leafIndex, publicKey, submission })
}

function nameOf({ roundAt, websiteNo, validatorNo }: Pick<StoredTick, 'roundAt' | 'websiteNo' | 'validatorNo'>) {
  return `${websiteNo}/${roundAt.getTime()}/${validatorNo}`
}

function distinct<Value>(values: readonly Value[]): Value[] {
  return [...new Set(values)]
}
