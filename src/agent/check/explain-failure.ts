import type { Check } from '../../protocol/check.js'
import type { FailureClass, Measurement } from '../../protocol/tick.js'

const DETAIL_TEXT: Readonly<Record<string, string>> = {
  BODY_TO_OTHER_ORIGIN: 'It redirects to another origin, which the body of the check is not meant for.',
  BODY_UNREADABLE: 'The body is packed or written in a way that cannot be read, so the keyword was not looked for.',
  CERT_HAS_EXPIRED: 'The certificate has expired.',
  CERT_HAS_EXPIRED_INTERMEDIATE:
    'An intermediate certificate, which the website sends along with its own, has expired.',
  CERT_HAS_EXPIRED_ROOT: 'The root certificate that all depends on has expired.',
  DEPTH_ZERO_SELF_SIGNED_CERT: 'The certificate is signed by nobody but itself.',
  ECONNREFUSED: 'Nothing listens there: the connection was refused.',
  ECONNRESET: 'The connection was reset or closed.',
  ENOTFOUND: 'The name leads to no address.',
  ERR_TLS_CERT_ALTNAME_INVALID: 'The certificate is for another name.',
  FORBIDDEN_TARGET: 'It redirects to where this agent does not go.',
  INVALID_LOCATION: 'It redirects to what is no http: or https: URL.',
  KEYWORD_MISSING: 'The keyword is not in the body.',
  KEYWORD_PRESENT: 'The keyword is in the body.',
  LOCATION_TOO_LONG: 'It redirects to a URL that is longer than any website may have.',
  REDIRECT_LOOP: 'It redirects in a circle.',
  TOO_MANY_CHUNKS: 'It sends its body in more and smaller pieces than anybody needs.',
  TOO_MANY_BYTES: 'It sends without end, and next to nothing of it is the answer.',
}

const EXPIRING: Readonly<Record<string, string>> = {
  CERT_EXPIRES_SOON: 'The certificate',
  CERT_EXPIRES_SOON_INTERMEDIATE: 'An intermediate certificate, which the website sends along with its own,',
  CERT_EXPIRES_SOON_ROOT: 'The root certificate that all depends on',
}

/** The header's name follows. */
const INVALID_HEADER = 'INVALID_HEADER_'

const CLASS_TEXT: Readonly<Record<FailureClass, string>> = {
  DNS: 'The name could not be resolved.',
  CONNECT: 'No connection, or none that lasted until the answer.',
  TLS: 'No secure connection with a certificate to trust.',
  TIMEOUT: 'The time was up.',
  PROTOCOL: 'What came is no HTTP, or was cut in the middle.',
  REDIRECT: 'A redirect could not be followed.',
  STATUS: 'The HTTP status is not among those asked for.',
  ASSERTION: 'The answer is not what was asked for.',
}

export function explainFailure(check: Check, { failure, detail, httpStatus }: Measurement): string {
  if (failure === null) return ''
  const code = detail === null ? failure : `${failure} ${detail}`
  return `${code}: ${withNumbers(check, failure, detail, httpStatus)}`
}

function withNumbers(check: Check, failure: FailureClass, detail: string | null, httpStatus: number | null): string {
  if (failure === 'STATUS') return `The HTTP status is ${httpStatus}, asked for is ${check.statuses}.`
  if (detail?.startsWith(INVALID_HEADER) === true) {
    const name = detail.slice(INVALID_HEADER.length).toLowerCase().replaceAll('_', '-')
    return `Its header ${name} is such that no browser would take it.`
  }
  if (detail === 'TOO_MANY_REDIRECTS') return `It redirects more than ${check.redirects} times.`
  const expiring = detail === null ? undefined : EXPIRING[detail]
  if (expiring !== undefined) return `${expiring} has fewer than ${check.certificateDays} whole days left.`
  if (detail === 'LATENCY') return `It took longer than ${check.maxLatencyMs} ms.`
  return (detail === null ? undefined : DETAIL_TEXT[detail]) ?? CLASS_TEXT[failure]
}
