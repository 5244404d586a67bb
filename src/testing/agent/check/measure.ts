import { expect } from 'vitest'

import { systemClock } from '../../../clock.js'
import type { Check } from '../../../protocol/check.js'
import { DEFAULT_CHECK } from '../../../protocol/check.js'
import { ORDINARY_PORTS } from '../../../protocol/target-ports.js'
import { tickFault } from '../../../protocol/tick-fault.js'
import type { TargetPolicy } from '../../../agent/check/target-policy.js'
import type { CheckOptions, CheckOutcome, Measured } from '../../../agent/check/check-outcome.js'
import { runCheck } from '../../../agent/check/run-check.js'
import { trustAuthorities } from '../../../agent/check/trust-authorities.js'
import { readPem } from './loopback.js'

/** What PROTOCOL's 500 ms margin leaves room for, doubled: how long a check may take beyond its time. */
const GRACE_MS = 1000
const TIMEOUT_MS = 10_000

export const USER_AGENT = 'Overlaps/0.0.0 (+https://example.com/complaints)'
export const OPEN_POLICY: TargetPolicy = { allowPrivateTargets: true, targetPorts: ORDINARY_PORTS, deniedHosts: [] }
export const CLOSED_POLICY: TargetPolicy = { allowPrivateTargets: false, targetPorts: 'ANY', deniedHosts: [] }

const TRUST = trustAuthorities([readPem('ca'), readPem('short-ca')])

export interface Overrides extends Partial<Omit<CheckOptions, 'userAgent'>> {
  check?: Partial<Check>
  timeoutMs?: number
  policy?: TargetPolicy
}

/** Runs a check with the defaults but for what is overridden, and holds it to its time. */
export async function run(url: string, overrides: Overrides = {}): Promise<CheckOutcome> {
  const { check, timeoutMs = TIMEOUT_MS, policy = OPEN_POLICY, ...options } = overrides
  const startedAt = performance.now()
  const outcome = await runCheck({ url, check: { ...DEFAULT_CHECK, ...check }, timeoutMs }, policy, {
    userAgent: USER_AGENT,
    clock: systemClock,
    trust: TRUST,
    ...options,
  })
  expect(performance.now() - startedAt).toBeLessThan(timeoutMs + GRACE_MS)
  return outcome
}

/** As `run`, for a check that is to be answered with a tick that the hub would take. */
export async function measure(url: string, overrides: Overrides = {}): Promise<Measured> {
  const outcome = await run(url, overrides)
  if (outcome.kind !== 'measured') throw new Error(`not measured: ${JSON.stringify(outcome)}`)
  expect(tickFault(outcome.measurement)).toBeNull()
  return outcome
}

/** Failure class and detail, as `STATUS -`; `Good` for none. */
export async function verdictOf(url: string, overrides: Overrides = {}): Promise<string> {
  const { measurement } = await measure(url, overrides)
  return measurement.failure === null ? measurement.status : `${measurement.failure} ${measurement.detail ?? '-'}`
}
