import type { HttpHeader } from './check.js'
import { faultAt, type FieldFault } from './field-fault.js'
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
  // PROTOCOL §4: packed is only what comes so unasked.
  ['accept-encoding', 'is always identity'],
  // PROTOCOL §4: whose website is checked must find where to complain.
  ['user-agent', 'names the validator and where to complain'],
])

export function headersFaults(headers: readonly HttpHeader[]): FieldFault[] {
  // Not looked at one by one: there could be any number of them.
  if (headers.length > HEADERS_MAX) {
    return [{ field: 'headers', message: `headers must be at most ${HEADERS_MAX}, not ${headers.length}.` }]
  }
  const seen = new Set<string>()
  return headers.flatMap(({ name, value }, index) => {
    const lowerName = name.toLowerCase()
    const ofName = nameFault(name, lowerName)
    const ofRepeat = repeatFault(seen, lowerName)
    seen.add(lowerName)
    return [
      ...faultAt(`headers[${index}].name`, ofName ?? ofRepeat),
      ...faultAt(`headers[${index}].value`, valueFault(ofName === null ? name : `headers[${index}]`, value)),
    ]
  })
}

/** Receivers join or drop repeats as they like. */
function repeatFault(seen: ReadonlySet<string>, lowerName: string): string | null {
  return seen.has(lowerName) ? `headers must name ${lowerName} only once, in whatever case.` : null
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
