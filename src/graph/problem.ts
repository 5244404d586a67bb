export interface InputFault<Reason extends string> {
  reason: Reason
  /** Says whose fault it is and what to do, in one sentence. */
  message: string
  /** Path within the input, such as `check.statuses`; left out when it is about no field. */
  field?: string
}

/** A refusal that the caller acts on: data, not an error. Its own fault is the first of `faults`. */
export interface Refusal<Reason extends string> extends InputFault<Reason> {
  kind: 'refused'
  faults: readonly InputFault<Reason>[]
  /** Seconds. */
  retryAfter?: number
}

/** Faults of one input that are told at once. */
export const FAULTS_MAX = 20

export function refuse<Reason extends string>(reason: Reason, message: string, field?: string): Refusal<Reason> {
  const fault = inputFault(reason, message, field)
  return { kind: 'refused', ...fault, faults: [fault] }
}

export function inputFault<Reason extends string>(reason: Reason, message: string, field?: string): InputFault<Reason> {
  return field === undefined ? { reason, message } : { reason, message, field }
}

type Found<Reason extends string> = InputFault<Reason> | readonly InputFault<Reason>[] | null

export function refuseAll<Reason extends string>(...found: readonly Found<Reason>[]): Refusal<Reason> | null {
  const faults = found.flatMap((each) => each ?? []).slice(0, FAULTS_MAX)
  const [first] = faults
  return first ? { kind: 'refused', ...first, faults } : null
}
