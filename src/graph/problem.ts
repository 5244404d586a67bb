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

type Types = Builder extends PothosSchemaTypes.SchemaBuilder<infer Inferred> ? Inferred : never

/**
 * Adds `union <name>Result = <name>Success | <name>Refused` and the enum `<name>Refusal`, for a mutation to answer with.
 * @param success the room's type `<name>Success`; its `kind` is the verb's and not shown.
 * @param reasons why it may be refused, each with its description.
 */
export function addResult<Success extends { kind: string }, Reason extends string>(
  builder: Builder,
  name: string,
  success: PothosSchemaTypes.ObjectRef<Types, Success>,
  reasons: Record<Reason, string>,
) {
  const field = `\`${name.charAt(0).toLowerCase()}${name.slice(1)}\``
  const { type: refused } = addRefusal(
    builder,
    { type: `${name}Refused`, reason: `${name}Refusal`, description: `${field} was refused and changed nothing.` },
    reasons,
  )
  return builder.unionType(`${name}Result`, {
    description: `What ${field} comes to.`,
    types: [success, refused],
    resolveType: (result) => (result.kind === 'refused' ? refused : success),
  })
}
