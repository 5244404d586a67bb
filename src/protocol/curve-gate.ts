/** What edwards25519 leaves to the verifier, and node:crypto and tweetnacl let pass (RFC 8032 §5.1). */

/** p = 2^255 - 19. */
const FIELD_PRIME = Buffer.from('7fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffed', 'hex')
/** L = 2^252 + 27742317777372353535851937790883648493, the order of the base point. */
const GROUP_ORDER = Buffer.from('1000000000000000000000000000000014def9dea2f79cd65812631a5cf5d3ed', 'hex')

/** The y of all points whose order divides 8, in both spellings: under such a key a signature made without a secret fits. */
const SMALL_ORDER_Y = new Set([
  // 0 and its second spelling p: order 4
  '0000000000000000000000000000000000000000000000000000000000000000',
  'edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f',
  // 1 and its second spelling p + 1: the identity
  '0100000000000000000000000000000000000000000000000000000000000000',
  'eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f',
  // -1: order 2
  'ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f',
  // order 8
  '26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05',
  'c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a',
])

/** y < p and not of small order. Whether it is on the curve is for the equation to find. */
export function isSoundPoint(encoding: Uint8Array): boolean {
  const y = Buffer.from(encoding)
  // The highest bit is the sign of x.
  y[31] = (y[31] ?? 0) & 0x7f
  return isBelow(y, FIELD_PRIME) && !SMALL_ORDER_Y.has(y.toString('hex'))
}

/** S < L: else S + L signs the same message. */
export function isReducedScalar(encoding: Uint8Array): boolean {
  return isBelow(encoding, GROUP_ORDER)
}

/** The values are public: no constant time. */
function isBelow(littleEndian: Uint8Array, bound: Buffer): boolean {
  return Buffer.compare(littleEndian.toReversed(), bound) < 0
}
