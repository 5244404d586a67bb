import type { Callback } from '../round/callback-id.js'
import type { SoundTick } from './submission.js'

/** An answer that its key has signed to a task for which another answer of its is stored. */
export interface Conflict {
  tick: SoundTick
  /** The tick statement, byte for byte. */
  statement: string
}

/** The bits of a validator's number in an ID; a website's take as many, and both fit into what a UUID v7 leaves to chance. */
const NUMBER_BITS = 31n

/**
 * The ID of the evidence about a callback: a UUID v7 of the round's instant, website and validator. So there is at most
 * one piece about each, whichever hub writes it, and IDs rise with the rounds.
 */
export function conflictId({
  roundAt,
  websiteNo,
  validatorNo,
}: Omit<Callback, 'deadlineAt' | 'checkRevision'>): string {
  const tail = (0b10n << (2n * NUMBER_BITS)) | (BigInt(websiteNo) << NUMBER_BITS) | BigInt(validatorNo)
  const hex = `${roundAt.toString(16).padStart(12, '0')}7000${tail.toString(16)}`
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-')
}
