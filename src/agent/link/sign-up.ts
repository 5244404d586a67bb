import type { MachineClock } from '../../clock.js'
import { CHALLENGE_LIFETIME_MS, PROTOCOL_VERSION } from '../../protocol/limits.js'
import { signStatement } from '../../protocol/sign-statement.js'
import type { KeyPair } from '../../protocol/sign-statement.js'
import { signupStatement } from '../../protocol/signup-statement.js'
import { parseInstant } from '../../protocol/text-forms.js'
import { AGENT_VERSION } from '../agent-version.js'
import { CreateSignupChallengeDocument, SignupDocument } from '../client/graphql.js'
import type { SignupMutation, SignupRefusal } from '../client/graphql.js'
import { hubFault, UPGRADE_ADVICE } from './hub-fault.js'
import type { HubFault, HubFaultKind } from './hub-fault.js'
import type { HubReading } from './offset-bounds.js'
import { postDocument } from './post-document.js'
import type { HubCall } from './post-document.js'

export interface SelfDescription {
  label: string | null
  region: string | null
}

export interface Session {
  token: string
  /** The hub's instants. */
  startedAt: number
  expiresAt: number
  validatorId: string
  pendingPayouts: string
  /** What the hub's time was when it made the challenge. */
  reading: HubReading
}

export type SignedUp = { kind: 'session'; session: Session } | { kind: 'fault'; fault: HubFault }

export interface SignupParts {
  clock: Pick<MachineClock, 'elapsedMs'>
  keys: KeyPair
  self: SelfDescription
}

/** Proves to the hub that the key is ours (PROTOCOL §3.1). */
export async function signUp(call: HubCall, { clock, keys, self }: SignupParts): Promise<SignedUp> {
  const { publicKey } = keys
  const sentAt = clock.elapsedMs()
  const asked = await postDocument(call, CreateSignupChallengeDocument, { input: { publicKey } })
  if (asked.kind === 'fault') return asked
  const answeredAt = clock.elapsedMs()
  const { challenge, expiresAt } = asked.data.createSignupChallenge
  const hubNow = (parseInstant(expiresAt) ?? Number.NaN) - CHALLENGE_LIFETIME_MS
  const statement = statementFor(call.hub, publicKey, challenge)
  if (statement === null || Number.isNaN(hubNow)) return malformed(call.hub)
  const signed = await postDocument(call, SignupDocument, {
    input: {
      publicKey,
      hub: call.hub,
      challenge,
      ip: null,
      signature: signStatement(keys, statement),
      protocolVersion: PROTOCOL_VERSION,
      agentVersion: AGENT_VERSION,
      ...self,
    },
  })
  if (signed.kind === 'fault') return signed
  return readSignup(call.hub, signed.data.signup, { hubNow, sentAt, answeredAt })
}

/** `null` for a challenge that no statement can hold: whatever sent it is no hub. */
function statementFor(hub: string, validator: string, challenge: string): string | null {
  try {
    return signupStatement({ hub, validator, ip: null, challenge })
  } catch {
    return null
  }
}

function readSignup(hub: string, signup: SignupMutation['signup'], reading: HubReading): SignedUp {
  if (signup.kind === 'SignupRefused') {
    return { kind: 'fault', fault: refusalFault(hub, signup.reason, signup.message) }
  }
  const expiresAt = parseInstant(signup.expiresAt)
  if (expiresAt === null) return malformed(hub)
  const { id: validatorId, pendingPayouts } = signup.validator
  const session = {
    token: signup.sessionToken,
    startedAt: reading.hubNow,
    expiresAt,
    validatorId,
    pendingPayouts,
    reading,
  }
  return { kind: 'session', session }
}

function malformed(hub: string): SignedUp {
  const fault = hubFault('NOT_A_HUB', `The server at ${hub} does not follow the protocol: check --hub.`)
  return { kind: 'fault', fault }
}

const REFUSAL_KINDS: Record<SignupRefusal, HubFaultKind> = {
  BAD_KEY: 'REFUSED',
  BAD_SIGNATURE: 'REFUSED',
  WRONG_HUB: 'WRONG_HUB',
  UNKNOWN_CHALLENGE: 'BUSY',
  EXPIRED_CHALLENGE: 'BUSY',
  USED_CHALLENGE: 'BUSY',
  BANNED: 'BANNED',
  PROTOCOL_TOO_OLD: 'PROTOCOL_TOO_OLD',
  RATE_LIMITED: 'BUSY',
  UNAVAILABLE: 'BUSY',
}

function refusalFault(hub: string, reason: SignupRefusal, message: string): HubFault {
  // A newer hub may know more reasons.
  const kind = REFUSAL_KINDS[reason] ?? 'REFUSED'
  return hubFault(kind, `The hub refuses the signup (${reason}): ${message}${ADVICE[reason]?.(hub) ?? ''}`)
}

const ADVICE: Partial<Record<SignupRefusal, (hub: string) => string>> = {
  WRONG_HUB: (hub) => ` It was dialled as ${hub}: give --hub the address that its operator publishes.`,
  BANNED: () => ' Ask its operator why.',
  PROTOCOL_TOO_OLD: () => ` ${UPGRADE_ADVICE}`,
}
