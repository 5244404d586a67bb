import { DAY_MS, HOUR_MS, MINUTE_MS } from '../time.js'

const UNITS = [
  [DAY_MS, 'days'],
  [HOUR_MS, 'hours'],
  [MINUTE_MS, 'minutes'],
] as const
const SECOND_MS = 1_000

/** A length of time for people, in a unit of which there are two or more. */
export function describeSpan(milliseconds: number): string {
  const [unitMs, name] = UNITS.find(([unit]) => milliseconds >= 2 * unit) ?? [SECOND_MS, 'seconds']
  return `${Math.floor(milliseconds / unitMs)} ${name}`
}
