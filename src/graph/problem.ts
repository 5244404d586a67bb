/** Something that is wrong with an input. */
export interface InputFault<Reason extends string> {
  /** From a closed list. */
  reason: Reason
  /** Whose fault it is and what to do, in one sentence. */
  message: string
  /** Path of the field within the input, such as `check.statuses`; left out where it is about no field. */
  field?: string
}

/** A refusal that the caller acts on: data, a member of the result's union. Its own fault is the first of `faults`. */
export interface Refusal<Reason extends string> extends InputFault<Reason> {
  kind: 'refused'
  /** Everything that is wrong with the input. */
  faults: readonly InputFault<Reason>[]
  /** Seconds to wait, where the hub knows. */
  retryAfter?: number
}

export function refuse<Reason extends string>(reason: Reason, message: string, field?: string): Refusal<Reason> {
  const fault = inputFault(reason, message, field)
  return { kind: 'refused', ...fault, faults: [fault] }
}

export function inputFault<Reason extends string>(reason: Reason, message: string, field?: string): InputFault<Reason> {
  return field === undefined ? { reason, message } : { reason, message, field }
}

type Found<Reason extends string> = InputFault<Reason> | readonly InputFault<Reason>[] | null

/** One refusal for all that was found wrong with an input; null when nothing was. */
export function refuseAll<Reason extends string>(...found: readonly Found<Reason>[]): Refusal<Reason> | null {
  const faults = found.flatMap((each) => each ?? [])
  const [first] = faults
  return first ? { kind: 'refused', ...first, faults } : null
}
