import { CHALLENGE_LIFETIME_MS, PROTOCOL_VERSION } from '../protocol/limits.js'

/** Why a signup is refused: the sentence for each says whose fault it is and what to do next. */
export const SIGNUP_REFUSALS = {
  BAD_KEY:
    'The public key is not a valid Ed25519 key in canonical base58: send the 32 bytes of your key, encoded as a Solana address.',
  BAD_SIGNATURE:
    'The signature is not that of this key over this signup statement: rebuild the statement from the fields you send, line by line, and sign it again.',
  WRONG_HUB:
    'The statement names another hub than this one: sign for the origin that you were told to dial, or ask the operator to add it to OVERLAPS_ORIGINS.',
  UNKNOWN_CHALLENGE: 'This hub made no such challenge for this key: ask for a new one with createSignupChallenge.',
  EXPIRED_CHALLENGE: `The challenge is older than ${CHALLENGE_LIFETIME_MS / 1000} s: ask for a new one with createSignupChallenge and sign it at once.`,
  USED_CHALLENGE: 'The challenge has been used: ask for a new one with createSignupChallenge for every signup.',
  BANNED: "The hub's operator has banned this key: contact the operator, signing up again does not help.",
  PROTOCOL_TOO_OLD: `The agent speaks an older protocol than this hub (${PROTOCOL_VERSION}): upgrade the agent.`,
  RATE_LIMITED: 'Too many signups from your address or key: wait a minute and try again.',
  UNAVAILABLE: "The hub's database does not answer: nothing was recorded, try again in a few seconds.",
} as const

export type SignupRefusal = keyof typeof SIGNUP_REFUSALS
