const REDACTED = '[Redacted]'

/** Fields of these names are never logged, wherever they are. */
const SECRET_NAME =
  /^(authorization|cookie|set-cookie|(\w+)?token|(\w+)?password|(\w+)?secret|signature|seed|(secret|private)_?key)$/i

/** Secrets by their shape, in any text. `\\?` allows for quotes that are quoted once more. */
const SECRET_TEXTS: readonly (readonly [RegExp, string])[] = [
  // The hub's tokens, and codes of log-in links.
  [/\bov[cosp]_[\w-]+/g, REDACTED],
  [/\bwhsec_[\w+/=]+/g, REDACTED],
  [/\b(bearer|basic)\s+[\w.~+/=-]{4,}/gi, `$1 ${REDACTED}`],
  // 64 bytes in base64, hex or base58: a signature or a validator's key.
  [/[A-Za-z0-9+/]{86}==/g, REDACTED],
  [/\b[0-9a-f]{128,}\b/gi, REDACTED],
  [/\b[1-9A-HJ-NP-Za-km-z]{85,}\b/g, REDACTED],
  // As in DATABASE_URL.
  [/(:\/\/[^\s:/@"\\]*:)[^\s/@"\\]+@/g, `$1${REDACTED}@`],
  [/([?&](?:\w*token|\w*password|\w*secret|authorization|signature)=)[^&\s"\\]+/gi, `$1${REDACTED}`],
  // Literals of documents, or JSON.
  [
    /(\b(?:authorization|\w*token|\w*password|\w*secret|signature|seed)\\?["']?\s*[:=]\s*\\?["'])[^"'\\]+/gi,
    `$1${REDACTED}`,
  ],
]

export function redactText(text: string): string {
  return SECRET_TEXTS.reduce((redacted, [secret, instead]) => redacted.replace(secret, instead), text)
}

/** Nothing deeper is logged; this also ends cycles. */
const DEPTH_MAX = 8

/** Also ready for JSON. */
export function redactFields(fields: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return redactObject(fields, 0)
}

function redactObject(fields: object, depth: number): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(fields).map(([name, value]) => [
      name,
      SECRET_NAME.test(name) && value !== null && value !== undefined ? REDACTED : redactValue(value, depth + 1),
    ]),
  )
}

function redactValue(value: unknown, depth: number): unknown {
  if (typeof value === 'string') return redactText(value)
  if (typeof value === 'bigint') return String(value)
  if (typeof value !== 'object' || value === null || value instanceof Date) return value
  if (depth > DEPTH_MAX) return '…'
  if (value instanceof Error) return describeError(value, depth)
  // Hashes and signatures, as databases and sockets return them.
  if (ArrayBuffer.isView(value)) return `${value.byteLength} bytes`
  if (Array.isArray(value)) return value.map((item: unknown) => redactValue(item, depth + 1))
  return redactObject(value, depth)
}

/** Only fields that never hold values: drivers attach statements with parameters, and whole rows, to their errors. */
function describeError(error: Error, depth: number): Record<string, unknown> {
  const { name, message, stack, cause } = error
  const { code, constraint, table, errors } = error as Error & Record<string, unknown>
  return {
    type: name,
    message: redactText(message),
    ...(stack !== undefined && { stack: redactText(stack) }),
    ...(code !== undefined && { code }),
    ...(constraint !== undefined && { constraint }),
    ...(table !== undefined && { table }),
    ...(cause !== undefined && { cause: redactValue(cause, depth + 1) }),
    ...(Array.isArray(errors) && { errors: redactValue(errors, depth + 1) }),
  }
}
