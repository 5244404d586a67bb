import { createHash, randomBytes } from 'node:crypto'
import type { Prisma, Validator } from '../generated/prisma/client.js'
import { refuse, type Refusal } from '../graph/problem.js'
import { NETWORK_PLACE_MS } from '../limits.js'
import type { Parts } from '../parts.js'
import { PROTOCOL_VERSION, SESSION_LIFETIME_MS } from '../protocol/limits.js'
import { importPublicKey, verifySignature } from '../protocol/signature-gate.js'
import { signupStatement } from '../protocol/signup-statement.js'
import { LOCKS } from '../store/locks.js'
import { HOUR_MS } from '../time.js'
import { hasPlace } from './has-place.js'
import { isShared, networkOf } from './network-of.js'
import { readChallenge } from './signup-challenge.js'
import { SIGNUP_REFUSALS, type SignupRefusal } from './signup-refusals.js'

export interface SignupInput {
  /** Where it comes from, as the hub sees it. */
  address: string
  publicKey: string
  hub: string
  challenge: string
  /** The address the validator believes it has: signed, and otherwise a hint only. */
  ip: string | null
  signature: string
  protocolVersion: number
  agentVersion: string | null
  label: string | null
  region: string | null
}

export interface SignupSuccess {
  kind: 'success'
  validator: Validator
  /** Shown this once; only its hash is kept. */
  sessionToken: string
  expiresAt: Date
}

type SignupParts = Pick<Parts, 'store' | 'clock' | 'keys' | 'settings' | 'log' | 'rates'>

const TOKEN_PREFIX = 'ovs_'
const TOKEN_BYTES = 32

/** Registers or recognises a key and opens a session for it (PROTOCOL §2.1). Only a signup that succeeds uses up its challenge. */
export async function signup(parts: SignupParts, input: SignupInput): Promise<SignupSuccess | Refusal<SignupRefusal>> {
  try {
    const { rates } = parts
    const { address, publicKey } = input
    const wait = await rates.take('SIGNUPS', rates.payerOf(address, publicKey))
    if (wait !== null) return tooMany(wait)
    const refusal = await findSignupFault(parts, input)
    if (refusal) return refuse(refusal, SIGNUP_REFUSALS[refusal])
    // From here on it is the key's own doing, so that nobody else uses up what it may.
    rates.vouch(address, publicKey)
    const keyWait = await rates.take('SIGNUPS_OF_KEY', publicKey)
    if (keyWait !== null) return tooMany(keyWait)
    return await openSession(parts, input)
  } catch (error) {
    parts.log.error({ error }, 'a signup could not be taken in')
    return refuse('UNAVAILABLE', SIGNUP_REFUSALS.UNAVAILABLE)
  }
}

function tooMany(seconds: number): Refusal<'RATE_LIMITED'> {
  return refuse('RATE_LIMITED', `Too many signups from your address or key: wait ${seconds} s and try again.`)
}

/** What can be told without the database, the cheap before the costly. */
async function findSignupFault(parts: SignupParts, input: SignupInput): Promise<SignupRefusal | null> {
  const key = importPublicKey(input.publicKey)
  if (key === null) return 'BAD_KEY'
  if (input.protocolVersion < PROTOCOL_VERSION) return 'PROTOCOL_TOO_OLD'
  if (!parts.settings.origins.includes(input.hub)) return 'WRONG_HUB'
  const challenge = await readChallenge(parts.keys, input.challenge, input.publicKey)
  if (challenge === null) return 'UNKNOWN_CHALLENGE'
  if (challenge.expiresAt <= parts.clock.now()) return 'EXPIRED_CHALLENGE'
  const { hub, publicKey: validator, ip, challenge: text } = input
  const statement = signupStatement({ hub, validator, ip, challenge: text })
  return (await verifySignature(key, statement, input.signature)) ? null : 'BAD_SIGNATURE'
}

async function openSession(parts: SignupParts, input: SignupInput): Promise<SignupSuccess | Refusal<SignupRefusal>> {
  const now = new Date(parts.clock.now())
  const sessionToken = TOKEN_PREFIX + randomBytes(TOKEN_BYTES).toString('base64url')
  const expiresAt = new Date(now.getTime() + SESSION_LIFETIME_MS)
  const { label, region, agentVersion, publicKey, challenge } = input
  const network = networkOf(input.address, publicKey)
  return parts.store.prisma.$transaction(async (prisma) => {
    const known = await prisma.validator.findUnique({ where: { publicKey } })
    if (known?.bannedAt) return refuse('BANNED', SIGNUP_REFUSALS.BANNED)
    if (!(await takePlace(parts, prisma, { publicKey, known, network, now }))) return tooManyKeys(parts, network)
    const { count } = await prisma.usedChallenge.createMany({
      // Kept far longer than a challenge lives, so that a clock set back does not revive it.
      data: [{ challenge, expiresAt }],
      skipDuplicates: true,
    })
    if (count === 0) return refuse('USED_CHALLENGE', SIGNUP_REFUSALS.USED_CHALLENGE)
    const declared = { label, region, agentVersion, network, lastSignupAt: now }
    const validator = await prisma.validator.upsert({
      where: { publicKey },
      create: { publicKey, createdAt: now, ...declared },
      update: declared,
    })
    await prisma.validatorSession.create({
      data: {
        validatorId: validator.id,
        hash: hashSessionToken(sessionToken),
        protocolVersion: input.protocolVersion,
        createdAt: now,
        expiresAt,
      },
    })
    return { kind: 'success' as const, validator, sessionToken, expiresAt }
  })
}

/**
 * Whether a key's network has room, held until the transaction's end on all hubs. Keys that find none do not wait for the
 * lock: a full network must not use up connections.
 */
async function takePlace(
  { settings }: SignupParts,
  prisma: Prisma.TransactionClient,
  newcomer: Parameters<typeof hasPlace>[1],
): Promise<boolean> {
  const { keysPerNetworkMax } = settings
  if (keysPerNetworkMax === null || !isShared(newcomer.network)) return true
  if (!(await hasPlace(prisma, newcomer, keysPerNetworkMax))) return false
  await prisma.$executeRaw`SELECT pg_advisory_xact_lock(${LOCKS.NETWORKS}::int, hashtext(${newcomer.network}))`
  return hasPlace(prisma, newcomer, keysPerNetworkMax)
}

/** Says the same every time, so that an agent that tries again tells of it once. */
function tooManyKeys({ settings }: SignupParts, network: string): Refusal<'RATE_LIMITED'> {
  return refuse(
    'RATE_LIMITED',
    `Your key is sound, but at most ${settings.keysPerNetworkMax} of one network may take part here, and as many of ${network} have signed up within ${NETWORK_PLACE_MS / HOUR_MS} hours: wait, use one of those keys, or ask the operator to raise OVERLAPS_MAX_KEYS_PER_NETWORK.`,
  )
}

/** What is kept of a session token. */
export function hashSessionToken(token: string): Uint8Array<ArrayBuffer> {
  return new Uint8Array(createHash('sha256').update(token).digest())
}
