import { ABSTENTION_REASONS } from '../protocol/abstention.js'

/** The claims about one website in the order of the validators' numbers, each in 6 bytes: a large round may have a million. */
export type PackedClaims = Buffer

const CLAIM_BYTES = 6

const positions = ABSTENTION_REASONS.map((reason, index) => `WHEN '${reason}' THEN ${index}`).join(' ')

export const PACK_CLAIMS = `
string_agg(int4send(a."validatorNo") || int2send((CASE a.reason ${positions} END)::int2), ''::bytea ORDER BY a."validatorNo")`

export function claimCount(claims: PackedClaims): number {
  return claims.length / CLAIM_BYTES
}

export function claimantAt(claims: PackedClaims, index: number): number {
  return claims.readInt32BE(index * CLAIM_BYTES)
}

/** Position in `ABSTENTION_REASONS`. */
export function reasonIndexAt(claims: PackedClaims, index: number): number {
  return claims.readInt16BE(index * CLAIM_BYTES + 4)
}

/** The claims of those validators that `isKept` says, in their order. */
export function selectClaims(claims: PackedClaims, isKept: (validatorNo: number) => boolean): PackedClaims {
  const kept: Buffer[] = []
  for (let index = 0; index < claimCount(claims); index++) {
    if (isKept(claimantAt(claims, index))) kept.push(claims.subarray(index * CLAIM_BYTES, (index + 1) * CLAIM_BYTES))
  }
  return Buffer.concat(kept)
}

/** How many there are of each reason, in the order of `ABSTENTION_REASONS`; empty when there are none. */
export function countReasons(claims: PackedClaims): number[] {
  if (claims.length === 0) return []
  const counts = ABSTENTION_REASONS.map(() => 0)
  for (let index = 0; index < claimCount(claims); index++) {
    const reason = reasonIndexAt(claims, index)
    counts[reason] = (counts[reason] ?? 0) + 1
  }
  return counts
}
