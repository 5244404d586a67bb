import type { HttpHeader } from './check.js'
import { HEADER_NAME_LENGTH_MAX, HEADER_VALUE_LENGTH_MAX, HEADERS_MAX } from './limits.js'

/** RFC 9110 §5.6.2. */
const TOKEN = /^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/
/** RFC 9110 §5.5: no blanks around it. Other characters are hashed as UTF-8 and sent as Latin-1: nobody could agree on them. */
const VALUE = /^(?:[\x21-\x7e](?:[\x20-\x7e]*[\x21-\x7e])?)?$/

const FRAMING = 'belongs to the connection or the framing of the message'
const FORBIDDEN = new Map([
  // The URL alone says where a request goes.
  ['host', 'follows from the URL'],
  ['content-length', FRAMING],
  ['transfer-encoding', FRAMING],
  ['connection', FRAMING],
  ['keep-alive', FRAMING],
  ['proxy-connection', FRAMING],
  ['proxy-authenticate', FRAMING],
  ['proxy-authorization', FRAMING],
  ['te', FRAMING],
  ['trailer', FRAMING],
  ['upgrade', FRAMING],
  ['http2-settings', FRAMING],
  // Node would wait for 100 (Continue), another agent would not.
  ['expect', FRAMING],
  // PROTOCOL §4: the keyword is searched in the bytes as they come.
  ['accept-encoding', 'is always identity'],
  // PROTOCOL §4: whose website is checked must find where to complain.
  ['user-agent', 'names the validator and where to complain'],
])

export function headersFault(headers: readonly HttpHeader[]): string | null {
  if (headers.length > HEADERS_MAX) return `headers must be at most ${HEADERS_MAX}, not ${headers.length}.`
  const seen = new Set<string>()
  for (const { name, value } of headers) {
    const lowerName = name.toLowerCase()
    const fault = nameFault(name, lowerName) ?? valueFault(name, value)
    if (fault !== null) return fault
    // Receivers join or drop repeats as they like.
    if (seen.has(lowerName)) return `headers must name ${lowerName} only once, in whatever case.`
    seen.add(lowerName)
  }
  return null
}

function nameFault(name: string, lowerName: string): string | null {
  if (name.length > HEADER_NAME_LENGTH_MAX || !TOKEN.test(name)) {
    return `headers must have names of 1 to ${HEADER_NAME_LENGTH_MAX} letters, digits or !#$%&'*+-.^_\`|~ signs.`
  }
  const reason = FORBIDDEN.get(lowerName)
  return reason === undefined ? null : `headers must not set ${lowerName}, which ${reason}.`
}

function valueFault(name: string, value: string): string | null {
  if (value.length > HEADER_VALUE_LENGTH_MAX) {
    return `headers must have values of at most ${HEADER_VALUE_LENGTH_MAX} characters, which that of ${name} exceeds.`
  }
  if (VALUE.test(value)) return null
  return `headers must have values of printable ASCII without blanks around them or control characters, unlike that of ${name}.`
}
