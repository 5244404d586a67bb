import { FAILURE_CLASSES, type FailureClass, type WebsiteStatus } from '../protocol/tick.js'

/**
 * The answers about one website in the order of the validators' numbers, each in 20 bytes as PostgreSQL's `…send`
 * functions write them: a large round has a million, too many for an object each.
 */
export type PackedAnswers = Buffer

const ANSWER_BYTES = 20

/** How an answer came out: 0 is Good, 1 and up Bad of that failure class, the last Bad of none. */
const BAD_OF_NO_CLASS = FAILURE_CLASSES.length + 1
const NOT_MEASURED = -1

const classes = FAILURE_CLASSES.map((failure, index) => `WHEN '${failure}' THEN ${index + 1}`).join(' ')

export const PACK_ANSWERS = `
string_agg(
  int4send(t."validatorNo")
  || int2send((CASE WHEN t.status = 'Good' THEN 0 ELSE CASE t.failure ${classes} ELSE ${BAD_OF_NO_CLASS} END END)::int2)
  || int4send(coalesce(t."latencyUs", ${NOT_MEASURED})) || int8send(t."submissionId") || int2send(t."leafIndex"),
  ''::bytea ORDER BY t."validatorNo")`

export interface PackedAnswer {
  validatorNo: number
  status: WebsiteStatus
  failure: FailureClass | null
  latencyUs: number | null
}

export interface LeafPlace {
  submissionId: number
  leafIndex: number
}

export function answerCount(packed: PackedAnswers): number {
  return packed.length / ANSWER_BYTES
}

export function validatorNoAt(packed: PackedAnswers, index: number): number {
  return packed.readInt32BE(index * ANSWER_BYTES)
}

export function statusAt(packed: PackedAnswers, index: number): WebsiteStatus {
  return packed.readInt16BE(index * ANSWER_BYTES + 4) === 0 ? 'Good' : 'Bad'
}

/** Position in `FAILURE_CLASSES`; -1 for a Good answer and for a Bad one of none. */
export function failureIndexAt(packed: PackedAnswers, index: number): number {
  const outcome = packed.readInt16BE(index * ANSWER_BYTES + 4)
  return outcome === BAD_OF_NO_CLASS ? -1 : outcome - 1
}

/** Microseconds; null when it was not measured. */
export function latencyAt(packed: PackedAnswers, index: number): number | null {
  const latencyUs = packed.readInt32BE(index * ANSWER_BYTES + 6)
  return latencyUs === NOT_MEASURED ? null : latencyUs
}

export function leafPlaceAt(packed: PackedAnswers, index: number): LeafPlace {
  const offset = index * ANSWER_BYTES + 10
  // A sequence that starts at 1 stays exact in a double for longer than any hub lives.
  const submissionId = packed.readUInt32BE(offset) * 2 ** 32 + packed.readUInt32BE(offset + 4)
  return { submissionId, leafIndex: packed.readInt16BE(offset + 8) }
}

export function answerAt(packed: PackedAnswers, index: number): PackedAnswer {
  return {
    validatorNo: validatorNoAt(packed, index),
    status: statusAt(packed, index),
    failure: FAILURE_CLASSES[failureIndexAt(packed, index)] ?? null,
    latencyUs: latencyAt(packed, index),
  }
}
