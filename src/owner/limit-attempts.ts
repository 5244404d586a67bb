import type { GraphContext } from '../graph/context.js'
import { refuse, type Refusal } from '../graph/problem.js'
import { addressKey } from '../rates.js'

interface Attempt {
  /** What is counted of the address. */
  of: 'LOG_INS' | 'SIGNUPS'
  /** Whose password it is about, whatever that one is called here. */
  account: string
}

/**
 * Lets try a password when there were not too many from this address or at this account lately; each field of a document
 * is one attempt. Right ones leave the account as it was, so that nobody is kept out by using it.
 */
export async function limitAttempts<Result extends { kind: string }>(
  { rates, address }: Pick<GraphContext, 'rates' | 'address'>,
  { of, account }: Attempt,
  attempt: () => Promise<Result>,
): Promise<Result | Refusal<'RATE_LIMITED'>> {
  const wait = (await rates.take(of, addressKey(address))) ?? (await rates.take('LOG_INS_OF_ACCOUNT', account))
  if (wait !== null) {
    const message = `There were too many attempts from here or at this account: wait ${wait} s and try again.`
    return { ...refuse('RATE_LIMITED', message), retryAfter: wait }
  }
  const result = await attempt()
  if (result.kind !== 'refused') await rates.giveBack('LOG_INS_OF_ACCOUNT', account)
  return result
}
