import { recordChange } from '../audit/record-change.js'
import type { User } from '../generated/prisma/client.js'
import { arrivingOwner } from '../graph/actor.js'
import { refuse, type Refusal } from '../graph/problem.js'
import type { Parts } from '../parts.js'
import type { Faces } from '../store/store.js'
import { openSession, type Session } from './open-session.js'
import { hashOwnerToken, isLogInCode } from './owner-token.js'

type Reason = 'WRONG_CODE' | 'USED_CODE' | 'EXPIRED_CODE' | 'RATE_LIMITED'
export type RedeemLogInCodeResult = ({ kind: 'loggedIn'; user: User } & Session) | Refusal<Reason>

/** Opens a session for whoever holds the code of a log-in link. Of several at once, one gets it. */
export async function redeemLogInCode(
  { store, clock }: Pick<Parts, 'store' | 'clock'>,
  { code }: { code: string },
): Promise<RedeemLogInCodeResult> {
  if (!isLogInCode(code)) return wrongCode()
  const hash = hashOwnerToken(code)
  const now = clock.now()
  return store.change(async ({ sql, prisma }): Promise<RedeemLogInCodeResult> => {
    const { count } = await prisma.logInCode.updateMany({
      where: { hash, usedAt: null, expiresAt: { gt: new Date(now) } },
      data: { usedAt: new Date(now) },
    })
    const found = await prisma.logInCode.findUnique({ where: { hash }, include: { user: true } })
    if (!found) return wrongCode()
    if (count === 0) return found.usedAt === null ? expiredCode() : usedCode()
    const { user } = found
    await recordChange(sql, arrivingOwner(user.id), { at: now, action: 'redeemLogInCode', subject: ['User', user.id] })
    return { kind: 'loggedIn', user, ...(await openSession(prisma, user.id, now)) }
  })
}

/**
 * Ends an owner's links that nobody has used. Before the sessions are ended, so that it waits for a code that is being
 * redeemed, whose session is then seen.
 */
export async function forgetLogInCodes({ prisma }: Pick<Faces, 'prisma'>, userId: string): Promise<void> {
  await prisma.logInCode.deleteMany({ where: { userId } })
}

const ANOTHER = 'Ask for another: `overlaps owner link <email>` makes one.'

function wrongCode(): Refusal<'WRONG_CODE'> {
  return refuse('WRONG_CODE', `The hub does not know this log-in link. ${ANOTHER}`, 'code')
}

function usedCode(): Refusal<'USED_CODE'> {
  return refuse('USED_CODE', `This log-in link has been used; each works once. ${ANOTHER}`, 'code')
}

function expiredCode(): Refusal<'EXPIRED_CODE'> {
  return refuse('EXPIRED_CODE', `This log-in link has expired. ${ANOTHER}`, 'code')
}
