import { styleText } from 'node:util'

import { checkHash } from '../../protocol/check-statement.js'
import type { Measurement } from '../../protocol/tick.js'
import { DAY_MS } from '../../time.js'
import { withoutControls } from '../printable-line.js'
import type { CertificateSummary, CheckOutcome, CheckTarget, Hop, Measured } from './check-outcome.js'
import { explainFailure } from './explain-failure.js'

const NAME_WIDTH = 13

/** For a person at a terminal: several lines without the last line's end. */
export function describeCheck(target: CheckTarget, outcome: CheckOutcome, paint: 'PLAIN' | 'COLOUR'): string {
  const colour = (name: 'green' | 'red' | 'yellow', text: string) =>
    paint === 'COLOUR' ? styleText(name, text, { validateStream: false }) : text
  if (outcome.kind === 'aborted') return `${colour('yellow', 'No answer')}  ${target.url}\nCalled off before it ended.`
  if (outcome.kind === 'refused') {
    return `${colour('yellow', 'No answer')}  ${withoutControls(target.url)}\n${withoutControls(outcome.message)}`
  }
  const { measurement } = outcome
  const verdict = measurement.status === 'Good' ? colour('green', 'Good') : colour('red', 'Bad')
  const why = measurement.failure === null ? [] : [explainFailure(target.check, measurement)]
  return [
    `${verdict}  ${withoutControls(target.url)}`,
    ...why,
    '',
    ...findings(outcome),
    '',
    ...sent(target, measurement),
  ].join('\n')
}

function findings({ measurement, certificate, hops }: Measured): string[] {
  const checkedAt = Date.parse(measurement.checkedAt)
  return [
    ...hops.slice(0, -1).map((hop) => line('redirect', redirectText(hop))),
    ...(hops.length > 1 ? [line('asked last', withoutControls(hops.at(-1)?.url ?? ''))] : []),
    line('HTTP status', measurement.httpStatus ?? 'none'),
    line('address', measurement.remoteAddress ?? 'none'),
    line('dns', milliseconds(measurement.dnsUs)),
    line('connect', milliseconds(measurement.connectUs)),
    line('tls', milliseconds(measurement.tlsUs)),
    line('first byte', milliseconds(measurement.firstByteUs)),
    line('total', milliseconds(measurement.latencyUs)),
    ...(certificate === null ? [] : [line('certificate', certificateText(certificate, checkedAt))]),
  ]
}

function sent({ url, check }: CheckTarget, measurement: Measurement): string[] {
  const fields: [string, string | number | null][] = [
    ['url', withoutControls(url)],
    ['check', checkHash(check)],
    ['checked', measurement.checkedAt],
    ['status', measurement.status],
    ['failure', measurement.failure],
    ['detail', measurement.detail],
    ['http-status', measurement.httpStatus],
    ['remote', measurement.remoteAddress],
    ['latency-us', measurement.latencyUs],
    ['dns-us', measurement.dnsUs],
    ['connect-us', measurement.connectUs],
    ['tls-us', measurement.tlsUs],
    ['first-byte-us', measurement.firstByteUs],
    ['certificate-expires', measurement.certificateExpiresAt],
  ]
  return ['A validator would sign and send:', ...fields.map(([name, value]) => `  ${name} ${value ?? '-'}`)]
}

function line(name: string, value: string | number): string {
  return `  ${name.padEnd(NAME_WIDTH)}${value}`
}

function milliseconds(durationUs: number | null): string {
  return durationUs === null ? 'not measured' : `${(durationUs / 1000).toFixed(1)} ms`
}

function redirectText({ url, httpStatus }: Hop): string {
  return `${httpStatus ?? 'no answer'} from ${withoutControls(url)}`
}

function certificateText({ subject, issuer, expiresAt }: CertificateSummary, checkedAt: number): string {
  const names = `${withoutControls(subject)}, issued by ${withoutControls(issuer)}`
  if (expiresAt === null) return `${names}, without a date of expiry`
  const days = Math.floor((expiresAt - checkedAt) / DAY_MS)
  const when = days < 0 ? `expired ${-days} days ago` : `expires in ${days} days`
  return `${names}, ${when} (${new Date(expiresAt).toISOString().slice(0, 10)})`
}
