import type { Asked } from '../api/ask'
import type { Texts } from '../texts/en'
import type { InputFault } from './form-faults'

/** What a mutation came to: done, or the faults to show. */
export type Outcome = { kind: 'done' } | { kind: 'refused'; faults: readonly InputFault[] }

interface Refused {
  message: string
  faults?: readonly InputFault[]
}

/** @param result the mutation's; a refusal is what has a `message`. */
export function outcomeOf<Data>(asked: Asked<Data>, result: (data: Data) => object, t: Texts): Outcome {
  if (asked.kind === 'fault') return { kind: 'refused', faults: [{ field: null, message: faultText(asked.fault, t) }] }
  const answer = result(asked.data)
  if (!('message' in answer)) return { kind: 'done' }
  const { faults = [], message } = answer as Refused
  return { kind: 'refused', faults: faults.length > 0 ? faults : [{ field: null, message }] }
}

/** The one sentence of a refusal; null when it was done. */
export function messageOf(outcome: Outcome): string | null {
  return outcome.kind === 'done' ? null : outcome.faults.map(({ message }) => message).join(' ')
}

function faultText({ kind, message }: Extract<Asked<unknown>, { kind: 'fault' }>['fault'], t: Texts): string {
  return kind === 'FAILED' && message !== null ? `${t.faults.FAILED} ${message}` : t.faults[kind]
}
