import { SCALAR_LENGTH_MAX } from '../limits.js'
import type { Builder } from './builder.js'
import { fault } from './fault.js'

/** Not validated here: a misspelt text then refuses one tick with its reason instead of the whole document. */
function readText(value: unknown): string {
  if (typeof value !== 'string') throw fault('BAD_USER_INPUT', 'Expected a string.')
  if (value.length > SCALAR_LENGTH_MAX) {
    throw fault('BAD_USER_INPUT', `Expected a string of at most ${SCALAR_LENGTH_MAX} characters.`, {
      limit: SCALAR_LENGTH_MAX,
    })
  }
  return value
}

function readDecimal(value: unknown): string {
  const text = readText(value)
  if (!/^-?\d{1,19}$/.test(text)) throw fault('BAD_USER_INPUT', 'Expected a whole decimal number as a string.')
  return text
}

export function addScalars(builder: Builder): void {
  builder.scalarType('DateTime', {
    description: 'An instant in UTC, always in the form `YYYY-MM-DDTHH:mm:ss.sssZ`. Any other form is refused.',
    specifiedByURL: 'https://scalars.graphql.org/andimarek/date-time.html',
    serialize: (value) => value.toISOString(),
    parseValue: readText,
  })
  builder.scalarType('BigInt', {
    description: 'A whole number of any size, as a decimal string.',
    serialize: (value) => value.toString(),
    parseValue: readDecimal,
  })
  builder.scalarType('PublicKey', {
    description: 'An Ed25519 public key: base58 (Bitcoin alphabet) of the 32 raw bytes, which is a Solana address.',
    serialize: (value) => value,
    parseValue: readText,
  })
  builder.scalarType('Signature', {
    description: 'An Ed25519 signature: padded base64 (RFC 4648 §4) of the 64 raw bytes.',
    serialize: (value) => value,
    parseValue: readText,
  })
  builder.scalarType('Hash', {
    description: 'A SHA-256 hash in lower-case hex.',
    serialize: (value) => value,
    parseValue: readText,
  })
}
