import type { Validator } from '../generated/prisma/client.js'
import type { GraphContext } from '../graph/context.js'

export async function findValidators({ store }: GraphContext, ids: readonly string[]): Promise<Validator[]> {
  return store.prisma.validator.findMany({ where: { id: { in: [...ids] } } })
}
