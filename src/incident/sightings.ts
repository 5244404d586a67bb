import { FAILURE_CLASSES, type FailureClass } from '../protocol/tick.js'
import type { ClosingAnswer } from '../verdict/round-closing.js'

export const SIGHTINGS_MAX = 200

/** A line for each, such as `17 Good 120000` or `18 TLS - aside`: when everything goes down, there are 100,000s. */
interface StoredSightings {
  seen: string
  left: number
}

export interface Sightings {
  seen: ClosingAnswer[]
  /** Answers beyond `SIGHTINGS_MAX`. */
  leftOut: number
}

export interface SightingSummary {
  /** As JSON. */
  packed: string
  goodCount: number
  badCount: number
  setAsideCount: number
}

export function summarizeSightings(answers: readonly ClosingAnswer[]): SightingSummary {
  const goodCount = answers.filter(({ status }) => status === 'Good').length
  const setAsideCount = answers.filter(({ setAside }) => setAside).length
  return { packed: packSightings(answers), goodCount, badCount: answers.length - goodCount, setAsideCount }
}

/** Keeps those with the lowest numbers. */
export function packSightings(answers: readonly ClosingAnswer[]): string {
  const kept = answers.slice(0, SIGHTINGS_MAX)
  const stored: StoredSightings = { seen: kept.map(toLine).join('\n'), left: answers.length - kept.length }
  return JSON.stringify(stored)
}

export function unpackSightings(stored: unknown): Sightings {
  const { seen, left } = stored as StoredSightings
  return { seen: seen === '' ? [] : seen.split('\n').map(fromLine), leftOut: left }
}

function toLine({ validatorNo, status, failure, latencyUs, setAside }: ClosingAnswer): string {
  return `${validatorNo} ${failure ?? status} ${latencyUs ?? '-'}${setAside ? ' aside' : ''}`
}

function fromLine(line: string): ClosingAnswer {
  const [validatorNo, outcome, latency, aside] = line.split(' ')
  const failure = FAILURE_CLASSES.find((name) => name === outcome) ?? null
  return {
    validatorNo: Number(validatorNo),
    status: outcome === 'Good' ? 'Good' : 'Bad',
    failure,
    latencyUs: latency === '-' ? null : Number(latency),
    setAside: aside === 'aside',
  }
}

/** The class of most Bad answers, the first of several; `failures` are counts in the order of `FAILURE_CLASSES`. */
export function commonestFailure(failures: readonly number[]): FailureClass | null {
  const most = Math.max(0, ...failures)
  return most === 0 ? null : (FAILURE_CLASSES[failures.indexOf(most)] ?? null)
}
