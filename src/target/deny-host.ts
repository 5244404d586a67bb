import { recordChange } from '../audit/record-change.js'
import type { DeniedHost } from '../generated/prisma/client.js'
import type { OperatorActor } from '../graph/actor.js'
import { inputFault, refuse, type Refusal, refuseAll } from '../graph/problem.js'
import { DENIED_HOSTS_MAX } from '../limits.js'
import type { Parts } from '../parts.js'
import { readHostName } from '../protocol/host-name.js'
import { holdLock } from '../store/hold-lock.js'
import { LOCKS } from '../store/locks.js'

const REASON_LENGTH_MAX = 500
/** Owners are shown it in a sentence: no line breaks and no control characters. */
const REASON = /^[^\p{Control}\p{Line_Separator}\p{Paragraph_Separator}]+$/u

const INVALID_HOST = 'host must be a name or an address alone, such as example.com, 203.0.113.7 or 2001:db8::1.'
const INVALID_REASON = `reason must be one line of 1 to ${REASON_LENGTH_MAX} characters: owners are shown it.`

export type DenyHostResult =
  | { kind: 'denied'; deniedHost: DeniedHost }
  | Refusal<'INVALID_HOST' | 'INVALID_REASON' | 'TOO_MANY_HOSTS'>

/**
 * Denies a host, and all below a name, from the next round on. One that is denied already is denied for the new reason.
 */
export async function denyHost(
  { store, clock }: Pick<Parts, 'store' | 'clock'>,
  actor: OperatorActor,
  input: { host: string; reason: string },
): Promise<DenyHostResult> {
  const read = readDenial(input)
  if ('kind' in read) return read
  const { host, reason } = read
  const at = clock.now()
  return store.change(async ({ sql, prisma }): Promise<DenyHostResult> => {
    await holdLock(sql, LOCKS.DENY_LIST)
    if ((await prisma.deniedHost.count({ where: { host: { not: host } } })) >= DENIED_HOSTS_MAX) {
      return refuse('TOO_MANY_HOSTS', `The deny-list holds ${DENIED_HOSTS_MAX} hosts already; allow one first.`)
    }
    const deniedHost = await prisma.deniedHost.upsert({
      where: { host },
      create: { host, reason, createdAt: new Date(at) },
      update: { reason },
    })
    await recordChange(sql, actor, { at, action: 'denyHost', subject: ['DeniedHost', host] })
    return { kind: 'denied', deniedHost }
  })
}

function readDenial(input: {
  host: string
  reason: string
}): { host: string; reason: string } | Refusal<'INVALID_HOST' | 'INVALID_REASON'> {
  const host = readHostName(input.host.trim())
  const reason = input.reason.trim()
  const isSound = REASON.test(reason) && reason.length <= REASON_LENGTH_MAX
  const refusal = refuseAll<'INVALID_HOST' | 'INVALID_REASON'>(
    host === null ? inputFault('INVALID_HOST', INVALID_HOST, 'host') : null,
    isSound ? null : inputFault('INVALID_REASON', INVALID_REASON, 'reason'),
  )
  return refusal ?? { host: host ?? '', reason }
}
