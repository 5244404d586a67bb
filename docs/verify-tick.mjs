// Verifies the proofs in an answer of the API, and pairs of them that contradict each other:
//   node docs/verify-tick.mjs answer.json
// It needs no package and shares no code with the hub. Written after docs/protocol.md and RFC 6962 §2.1.
import { createHash, createPublicKey, verify } from 'node:crypto'
import { readFileSync } from 'node:fs'

const ALPHABET = '123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz'
/** What stands before the 32 bytes of an Ed25519 key in DER. */
const ED25519_DER = Buffer.from('302a300506032b6570032100', 'hex')

const sha256 = (...parts) => createHash('sha256').update(Buffer.concat(parts)).digest()
const node = (left, right) => sha256(Buffer.of(1), left, right)

function publicKeyOf(base58) {
  let number = 0n
  for (const letter of base58) number = number * 58n + BigInt(ALPHABET.indexOf(letter))
  const bytes = Buffer.from(number.toString(16).padStart(64, '0'), 'hex')
  return createPublicKey({ key: Buffer.concat([ED25519_DER, bytes]), format: 'der', type: 'spki' })
}

/** Climbs from a leaf to the root that follows from its neighbours. */
function rootOf({ statement, leafIndex, leafCount, path }) {
  let hash = sha256(Buffer.of(0), Buffer.from(statement))
  let last = leafCount - 1
  const siblings = path.map((sibling) => Buffer.from(sibling, 'hex'))
  for (let index = leafIndex; last > 0; index >>= 1, last >>= 1) {
    if (index % 2 === 1) hash = node(siblings.shift(), hash)
    else if (index < last) hash = node(hash, siblings.shift())
  }
  return hash.toString('hex')
}

function isValid(proof) {
  const signed = proof.batchStatement ?? proof.statement
  const [, count, root] = /^count (.*)\nroot (.*)$/m.exec(signed) ?? []
  if (proof.batchStatement !== null && (Number(count) !== proof.leafCount || root !== rootOf(proof))) return false
  // Whose tick it says it is must be who signed it.
  if (/^validator (.*)$/m.exec(proof.statement)?.[1] !== proof.publicKey) return false
  return verify(null, Buffer.from(signed), publicKeyOf(proof.publicKey), Buffer.from(proof.signature, 'base64'))
}

function proofsIn(value) {
  if (typeof value !== 'object' || value === null) return []
  return 'statement' in value && 'signature' in value ? [value] : Object.values(value).flatMap(proofsIn)
}

/** Pairs of answers that the hub says are two to one task. */
function pairsIn(value) {
  if (typeof value !== 'object' || value === null) return []
  return 'first' in value && 'second' in value ? [value] : Object.values(value).flatMap(pairsIn)
}

/** A callback belongs to one validator, website and round: whoever signs two statements for it has said two things. */
function isConflict({ first, second }) {
  const [one, other] = [first, second].map((proof) => /^callback .*$/m.exec(proof.statement)?.[0])
  const isSame = one !== undefined && one === other && first.publicKey === second.publicKey
  return isSame && first.statement !== second.statement && isValid(first) && isValid(second)
}

const answer = JSON.parse(readFileSync(process.argv[2] ?? '/dev/stdin', 'utf8'))
const proofs = proofsIn(answer)
for (const proof of proofs) {
  const line = (name) => new RegExp(`^${name} (.*)$`, 'm').exec(proof.statement)?.[1]
  const verdict = isValid(proof) ? 'valid' : 'WRONG'
  process.stdout.write(`${verdict}  ${line('round')}  ${line('status')}  ${line('url')}  by ${proof.publicKey}\n`)
}
const pairs = pairsIn(answer)
for (const pair of pairs) {
  const verdict = isConflict(pair) ? 'two answers to one task' : 'WRONG: no two answers to one task'
  process.stdout.write(`${verdict}, by ${pair.first.publicKey}\n`)
}
process.exitCode = proofs.length > 0 && proofs.every(isValid) && pairs.every(isConflict) ? 0 : 1
