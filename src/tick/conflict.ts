import type { Callback } from '../round/callback-id.js'
import type { SoundTick } from './submission.js'

export interface Conflict {
  tick: SoundTick
  statement: string
}

/** As many for a website's: both fit into what a UUID v7 leaves to chance. */
const NUMBER_BITS = 31n

/** A UUID v7 of the round's instant, website and validator: one piece about each callback, whichever hub writes it. */
export function conflictId({
  roundAt,
  websiteNo,
  validatorNo,
}: Omit<Callback, 'deadlineAt' | 'checkRevision'>): string {
  const tail = (0b10n << (2n * NUMBER_BITS)) | (BigInt(websiteNo) << NUMBER_BITS) | BigInt(validatorNo)
  const hex = `${roundAt.toString(16).padStart(12, '0')}7000${tail.toString(16)}`
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-')
}
