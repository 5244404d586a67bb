import type { Builder, EnumRef, ObjectRef } from './builder.js'

/** A refusal that the caller acts on: data, a member of the result's union. `reason` comes from a closed list. */
export interface Refusal<Reason extends string> {
  kind: 'refused'
  reason: Reason
  message: string
  /** Seconds to wait, where the hub knows. */
  retryAfter?: number
}

export function refuse<Reason extends string>(reason: Reason, message: string): Refusal<Reason> {
  return { kind: 'refused', reason, message }
}

export function addProblem(builder: Builder): void {
  builder.interfaceType('Problem', {
    description: 'A refusal: whose fault it is and what to do next, in one sentence.',
    fields: (t) => ({ message: t.exposeString('message', { description: 'The sentence.' }) }),
  })
}

/** Adds the closed enum of reasons why something is refused, each with its description. */
export function addReasons<Reason extends string>(
  builder: Builder,
  name: string,
  description: string,
  reasons: Record<Reason, string>,
) {
  const values = Object.fromEntries(
    (Object.entries(reasons) as [Reason, string][]).map(([reason, text]) => [reason, { description: text }]),
  ) as Record<Reason, { description: string }>
  // Pothos works the members out of a type that is still generic here; they are the keys of `reasons`.
  return builder.enumType(name, { description, values }) as unknown as EnumRef<Reason>
}

/** Whether a refusal has a field for the seconds to wait. */
type Wait = 'TOLD' | 'NOT_TOLD'

/** Adds `type <name> implements Problem { message reason }`, and `retryAfter` where the wait is told. */
export function addRefusal<Reason extends string>(
  builder: Builder,
  name: string,
  description: string,
  reasonEnum: EnumRef<Reason>,
  wait: Wait = 'NOT_TOLD',
) {
  const type = builder.objectRef<Refusal<Reason>>(name)
  return type.implement({
    description,
    interfaces: ['Problem'],
    fields: (t) => ({
      reason: t.field({
        type: reasonEnum,
        description: 'The reason, for programs.',
        resolve: (refusal) => refusal.reason as never,
      }),
      ...(wait === 'TOLD' && {
        retryAfter: t.int({
          nullable: true,
          description: 'Seconds to wait before another try; null where waiting does not help, or nobody knows.',
          resolve: (refusal) => refusal.retryAfter ?? null,
        }),
      }),
    }),
  })
}

/**
 * Adds `union <name>Result = <name>Success | <name>Refused` and the enum `<name>Refusal`, for a mutation to answer with.
 * @param success the room's type `<name>Success`; its `kind` is the verb's and not shown.
 * @param reasons why it may be refused, each with its description.
 */
export function addResult<Success extends { kind: string }, Reason extends string>(
  builder: Builder,
  name: string,
  success: ObjectRef<Success>,
  reasons: Record<Reason, string>,
  wait: Wait = 'NOT_TOLD',
) {
  const field = `\`${name.charAt(0).toLowerCase()}${name.slice(1)}\``
  const refused = addRefusal(
    builder,
    `${name}Refused`,
    `${field} was refused and changed nothing.`,
    addReasons(builder, `${name}Refusal`, `Why ${field} was refused.`, reasons),
    wait,
  )
  return builder.unionType(`${name}Result`, {
    description: `What ${field} comes to.`,
    types: [success, refused],
    resolveType: (result) => (result.kind === 'refused' ? refused : success),
  })
}
