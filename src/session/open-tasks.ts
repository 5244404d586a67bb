import { validatorIn } from '../graph/actor.js'
import type { GraphContext } from '../graph/context.js'
import { fault } from '../graph/fault.js'
import type { SessionRegistry } from './session-registry.js'
import type { TaskStream } from './task-stream.js'

/** Opens the caller's `tasks`. @throws UNAUTHENTICATED once it is banned, FORBIDDEN while it is suspended. */
export async function openTasks(context: GraphContext & { sessions: SessionRegistry }): Promise<TaskStream> {
  const validatorId = validatorIn(context)
  const validator = await context.store.prisma.validator.findUnique({ where: { id: validatorId } })
  // A socket outlives its token, and a ban may have come between.
  if (!validator || validator.bannedAt)
    throw fault('UNAUTHENTICATED', 'This key has no session any more: sign up again.')
  if (validator.suspendedAt) {
    throw fault('FORBIDDEN', 'The operator has suspended this validator: it gets no tasks until that is lifted.')
  }
  return context.sessions.open({
    validatorId,
    validatorNo: validator.no,
    publicKey: validator.publicKey,
    agentVersion: validator.agentVersion,
    address: context.address,
  })
}
