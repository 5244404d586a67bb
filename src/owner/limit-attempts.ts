import type { User } from '../generated/prisma/client.js'
import type { GraphContext } from '../graph/context.js'
import { refuse, type Refusal } from '../graph/problem.js'
import { addressKey } from '../rates.js'
import { isLogInPlace, rememberLogInPlace } from './log-in-places.js'

interface Attempt {
  /** What is counted of the address. */
  of: 'LOG_INS' | 'SIGNUPS'
  /** Whose password it is about, whatever that one is called here. */
  account: string
}

interface Outcome {
  kind: string
  reason?: string
  user?: Pick<User, 'id' | 'passwordHash'>
}

type Limits = Pick<GraphContext, 'rates' | 'address' | 'store' | 'clock' | 'keys'>

const LOGGED_IN = new Set(['loggedIn', 'registered'])

/**
 * Counts attempts by address, and wrong ones by account too; each field of a document is one attempt. Guesses from
 * elsewhere never keep owners out where they have logged in before.
 */
export async function limitAttempts<Result extends Outcome>(
  limits: Limits,
  { of, account }: Attempt,
  attempt: () => Promise<Result>,
): Promise<Result | Refusal<'RATE_LIMITED'>> {
  const { rates, address } = limits
  const pair = `${addressKey(address)} ${account}`
  const wait = (await rates.take(of, addressKey(address))) ?? (await rates.take('WRONG_PASSWORDS_FROM_ADDRESS', pair))
  if (wait !== null) return tooMany(wait)
  const waitOfAccount = of === 'LOG_INS' ? await rates.take('WRONG_PASSWORDS_OF_ACCOUNT', account) : null
  if (waitOfAccount !== null && !(await isLogInPlace(limits, account, address))) return tooMany(waitOfAccount)
  const result = await attempt()
  // RATE_LIMITED here means that the hub was too busy to check the password.
  if (result.kind === 'refused' && result.reason !== 'RATE_LIMITED') return result
  await rates.giveBack('WRONG_PASSWORDS_FROM_ADDRESS', pair)
  if (of === 'LOG_INS' && waitOfAccount === null) await rates.giveBack('WRONG_PASSWORDS_OF_ACCOUNT', account)
  await rememberIfIn(limits, result)
  return result
}

/** Counts attempts by address alone, for secrets that nobody guesses. */
export async function limitCodes<Result extends Outcome>(
  limits: Limits,
  attempt: () => Promise<Result>,
): Promise<Result | Refusal<'RATE_LIMITED'>> {
  const wait = await limits.rates.take('LOG_INS', addressKey(limits.address))
  if (wait !== null) return tooMany(wait)
  const result = await attempt()
  await rememberIfIn(limits, result)
  return result
}

async function rememberIfIn(limits: Limits, { kind, user }: Outcome): Promise<void> {
  if (LOGGED_IN.has(kind) && user) await rememberLogInPlace(limits, user, limits.address)
}

function tooMany(wait: number) {
  const message = `Too many attempts from your address or at this account: wait ${wait} s and try again.`
  return { ...refuse('RATE_LIMITED', message), retryAfter: wait }
}
