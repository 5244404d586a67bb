/** Runs the agent's own check, as many at a time as the agent does, or as many probes of another program. */
import { get } from 'node:http'
import { runCheck } from '../../src/agent/check/run-check.js'
import { trustAuthorities } from '../../src/agent/check/trust-authorities.js'
import type { TargetPolicy } from '../../src/agent/check/target-policy.js'
import { systemClock } from '../../src/clock.js'
import { DEFAULT_CHECK } from '../../src/protocol/check.js'
import { answerCommands } from '../answer-commands.js'

/** `probe` is the URL of another checker that checks the site when fetched; null runs our own check. */
export interface CheckerCommand {
  site: string
  probe: string | null
  concurrency: number
  forMs: number
}

export interface CheckerAnswer {
  checks: number
  bad: number
  elapsedMs: number
}

const TIMEOUT_MS = 10_000
const POLICY: TargetPolicy = { allowPrivateTargets: true, targetPorts: 'ANY', deniedHosts: [] }
const OPTIONS = {
  userAgent: 'overlaps-bench/0 (+https://overlaps.example/complaints)',
  clock: systemClock,
  trust: trustAuthorities([]),
}

async function checkOurselves(site: string): Promise<boolean> {
  const outcome = await runCheck({ url: site, check: DEFAULT_CHECK, timeoutMs: TIMEOUT_MS }, POLICY, OPTIONS)
  return outcome.kind === 'measured' && outcome.measurement.status === 'Good'
}

function checkByProbe(probe: string): Promise<boolean> {
  return new Promise((resolve) => {
    const request = get(probe, (response) => {
      let text = ''
      response.setEncoding('utf8').on('data', (part: string) => (text += part))
      response.on('end', () => resolve(/^probe_success 1$/m.test(text)))
    })
    request.on('error', () => resolve(false))
  })
}

answerCommands(async ({ site, probe, concurrency, forMs }: CheckerCommand): Promise<CheckerAnswer> => {
  let checks = 0
  let bad = 0
  const startedAt = performance.now()
  const lane = async () => {
    while (performance.now() - startedAt < forMs) {
      if (!(await (probe === null ? checkOurselves(site) : checkByProbe(probe)))) bad += 1
      checks += 1
    }
  }
  await Promise.all(Array.from({ length: concurrency }, lane))
  return { checks, bad, elapsedMs: performance.now() - startedAt }
})
