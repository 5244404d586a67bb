import type { Builder } from './builder.js'

/** A refusal that the caller acts on: data, a member of the result's union. `reason` comes from a closed list. */
export interface Refusal<Reason extends string> {
  kind: 'refused'
  reason: Reason
  message: string
}

export function refuse<Reason extends string>(reason: Reason, message: string): Refusal<Reason> {
  return { kind: 'refused', reason, message }
}

/** Shape of everything that implements `interface Problem`. */
export interface Problem {
  message: string
}

export function addProblem(builder: Builder): void {
  builder.interfaceType('Problem', {
    description: 'A refusal: whose fault it is and what to do next, in one sentence.',
    fields: (t) => ({ message: t.exposeString('message', { description: 'The sentence.' }) }),
  })
}

/**
 * Adds `type <name> implements Problem { message reason }` with its closed enum of reasons.
 * @param reasons each with its description.
 */
export function addRefusal<Reason extends string>(
  builder: Builder,
  names: { type: string; reason: string; description: string },
  reasons: Record<Reason, string>,
) {
  const values = Object.fromEntries(
    (Object.entries(reasons) as [Reason, string][]).map(([reason, description]) => [reason, { description }]),
  ) as Record<Reason, { description: string }>
  const reasonEnum = builder.enumType(names.reason, { description: `Why: ${names.description}`, values })
  const type = builder.objectRef<Refusal<Reason>>(names.type)
  type.implement({
    description: names.description,
    interfaces: ['Problem'],
    fields: (t) => ({
      reason: t.field({
        type: reasonEnum,
        description: 'The reason, for programs.',
        resolve: (refusal) => refusal.reason as never,
      }),
    }),
  })
  return { type, reasonEnum }
}
