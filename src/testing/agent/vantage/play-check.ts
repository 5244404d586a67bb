import type { Hop, Measured } from '../../../agent/check/check-outcome.js'
import type { CheckWatch, Vantage } from '../../../agent/vantage/vantage.js'
import type { Clock } from '../../../clock.js'
import { type Attempt, startFigures } from '../../../dial/figures.js'
import type { FailureClass } from '../../../protocol/tick.js'

export interface CheckScript {
  url: string
  /** Addresses with what dialling them comes to: a code, silence, or a connection. */
  dials?: Readonly<Record<string, string>>
  /** The look-up fails. */
  dns?: string
  trusted?: boolean
  httpStatus?: number
  failure?: FailureClass
  detail?: string | null
  /** How long it takes, from the last sign of life on. */
  silentMs?: number
  /** Hops before the last. */
  before?: readonly { url: string; isTrusted: boolean }[]
  untilMs?: number
  /** Before it begins. */
  afterMs?: number
}

interface Stage {
  vantage: Vantage
  clock: Clock
  /** Lets time pass. */
  pass(milliseconds: number): Promise<void>
  /** Lets what is promised happen. */
  settle(): Promise<void>
}

export const STEP_MS = 50

/** Runs a check up to its judgement; `STANDS` or the reason of the abstention. */
export async function playCheck(stage: Stage, script: CheckScript): Promise<string> {
  const { vantage, clock, pass, settle } = stage
  await pass(script.afterMs ?? 0)
  const watch = vantage.watch({ url: script.before?.[0]?.url ?? script.url })
  const startedAt = clock.now()
  await settle()
  const hop = walk(watch, clock, script)
  await pass(script.silentMs ?? 0)
  const before = (script.before ?? []).map((one) => ({ ...startFigures(), ...one }))
  const outcome = outcomeOf(script, [...before, hop], { startedAt, endedAt: clock.now() })
  const said: string[] = []
  void Promise.resolve(watch.judge(outcome, clock.now() + (script.untilMs ?? 20_000))).then((own) =>
    said.push(own?.reason ?? 'STANDS'),
  )
  await settle()
  for (let left = 60_000; said.length === 0 && left > 0; left -= STEP_MS) await pass(STEP_MS)
  return said[0] ?? 'NEVER'
}

function walk(
  { signs }: CheckWatch,
  clock: Clock,
  { url, dials = {}, dns, trusted = false, httpStatus }: CheckScript,
): Hop {
  const host = new URL(url).hostname.replace(/^\[|\]$/g, '')
  const attempts: Attempt[] = []
  const made: Hop = { ...startFigures(), aliveAt: clock.now(), url, attempts, httpStatus: httpStatus ?? null }
  if (!/^[\d.]+$|:/.test(host)) {
    signs.resolving?.(host)
    if (dns === undefined) signs.resolved?.(host)
  }
  for (const [address, end] of Object.entries(dials)) {
    signs.attempting?.(address)
    const code = end === 'SILENT' || end === 'CONNECTED' ? null : end
    attempts.push({ address, code })
    if (code !== null) signs.failed?.(address, code)
    if (end !== 'CONNECTED') continue
    signs.connected?.(host, address)
    Object.assign(made, { remoteAddress: address, connectUs: 1, isTrusted: trusted, aliveAt: clock.now() })
    if (trusted) signs.trusted?.(host, address)
    if (httpStatus !== undefined) signs.received?.(host, address)
  }
  return made
}

function outcomeOf(script: CheckScript, hops: readonly Hop[], span: Pick<Measured, 'startedAt' | 'endedAt'>): Measured {
  const { failure = script.dns === undefined ? null : 'DNS', detail = script.dns ?? null } = script
  const figures = { latencyUs: null, dnsUs: null, connectUs: null, tlsUs: null, firstByteUs: null }
  const measurement = {
    ...figures,
    checkedAt: '2027-01-01T00:00:00.000Z',
    status: failure === null ? ('Good' as const) : ('Bad' as const),
    failure,
    detail,
    httpStatus: script.httpStatus ?? null,
    remoteAddress: null,
    certificateExpiresAt: null,
  }
  return { kind: 'measured', measurement, certificate: null, hops, ...span }
}
