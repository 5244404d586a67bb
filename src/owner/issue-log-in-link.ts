import type { Prisma } from '../generated/prisma/client.js'
import { publicUrlOf } from '../http/public-url.js'
import type { Settings } from '../settings.js'
import { MINUTE_MS } from '../time.js'
import { createLogInCode, hashOwnerToken } from './owner-token.js'

const LIFETIME_MS = 10 * MINUTE_MS

export interface LogInLink {
  /** Shown this once. */
  url: string
  expiresAt: Date
}

/** Makes a link that opens the dashboard logged in, once. The code is in the fragment, which browsers keep to themselves. */
export async function issueLogInLink(
  prisma: Prisma.TransactionClient,
  settings: Settings,
  { userId, now }: { userId: string; now: number },
): Promise<LogInLink> {
  const code = createLogInCode()
  const expiresAt = new Date(now + LIFETIME_MS)
  await prisma.logInCode.create({ data: { hash: hashOwnerToken(code), userId, expiresAt } })
  return { url: `${publicUrlOf(settings)}/log-in#code=${code}`, expiresAt }
}
