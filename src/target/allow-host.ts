import { recordChange } from '../audit/record-change.js'
import type { DeniedHost } from '../generated/prisma/client.js'
import type { OperatorActor } from '../graph/actor.js'
import { refuse, type Refusal } from '../graph/problem.js'
import type { Parts } from '../parts.js'
import { readHostName } from '../protocol/host-name.js'
import { holdLock } from '../store/hold-lock.js'
import { LOCKS } from '../store/locks.js'

export type AllowHostResult = { kind: 'allowed'; deniedHost: DeniedHost } | Refusal<'NOT_FOUND'>

/** Takes a host off the deny-list and answers with what was there. */
export async function allowHost(
  { store, clock }: Pick<Parts, 'store' | 'clock'>,
  actor: OperatorActor,
  input: { host: string },
): Promise<AllowHostResult> {
  const host = readHostName(input.host.trim())
  if (host === null) return notDenied()
  return store.change(async ({ sql, prisma }): Promise<AllowHostResult> => {
    await holdLock(sql, LOCKS.DENY_LIST)
    const deniedHost = await prisma.deniedHost.findUnique({ where: { host } })
    if (!deniedHost) return notDenied()
    await prisma.deniedHost.delete({ where: { host } })
    await recordChange(sql, actor, { at: clock.now(), action: 'allowHost', subject: ['DeniedHost', host] })
    return { kind: 'allowed', deniedHost }
  })
}

function notDenied(): Refusal<'NOT_FOUND'> {
  return refuse('NOT_FOUND', 'This host is not on the deny-list; `deniedHosts` lists those that are.', 'host')
}
