import type { FieldMap } from '@pothos/core'
import type { Builder, EnumRef, ObjectRef, Types } from './builder.js'
import { FAULTS_MAX, type InputFault, type Refusal } from './problem.js'
import { atMost } from './items-max.js'

export function addProblem(builder: Builder): void {
  builder.interfaceType('Problem', {
    description: 'A refusal.',
    fields: (t) => ({
      message: t.exposeString('message', { description: 'Whose fault it is and what to do next, in one sentence.' }),
    }),
  })
  const fault = builder.objectRef<InputFault<string>>('InputFault').implement({
    description: 'Something that is wrong with an input.',
    fields: (t) => ({
      field: fieldOf(t),
      reason: t.exposeString('reason', { description: "A value of the mutation's own enum of refusals." }),
      message: t.exposeString('message', { description: 'What is wrong and what to do, in one sentence.' }),
    }),
  })
  builder.interfaceType('InputProblem', {
    description: 'A refusal that says where the input is wrong. Nothing was changed.',
    interfaces: ['Problem'],
    fields: (t) => ({
      field: fieldOf(t),
      faults: t.field({
        type: [fault],
        description: `Everything that is wrong, up to ${FAULTS_MAX} faults; \`message\`, \`reason\` and \`field\` repeat the first of them.`,
        extensions: atMost(FAULTS_MAX),
        resolve: ({ faults }) => faults,
      }),
    }),
  })
}

function fieldOf<Shape extends { field?: string }>(
  t: PothosSchemaTypes.FieldBuilder<Types, Shape, 'Object' | 'Interface'>,
) {
  return t.string({
    nullable: true,
    description: 'Path of the field within the input, such as `check.statuses`; null if no field is at fault.',
    resolve: ({ field }) => field ?? null,
  })
}

export function addReasons<Reason extends string>(
  builder: Builder,
  name: string,
  description: string,
  reasons: Record<Reason, string>,
) {
  const values = Object.fromEntries(
    (Object.entries(reasons) as [Reason, string][]).map(([reason, text]) => [reason, { description: text }]),
  ) as Record<Reason, { description: string }>
  // Pothos cannot infer the members of a type that is still generic here; they are the keys of `reasons`.
  return builder.enumType(name, { description, values }) as unknown as EnumRef<Reason>
}

type Wait = 'TOLD' | 'NOT_TOLD'

/** Adds what the validator channel refuses with: without field and faults. */
export function addRefusal<Reason extends string>(
  builder: Builder,
  name: string,
  description: string,
  reasonEnum: EnumRef<Reason>,
) {
  return builder.objectRef<Refusal<Reason>>(name).implement({
    description,
    interfaces: ['Problem'],
    fields: (t) => ({ reason: t.field({ type: reasonEnum, ...REASON, resolve: ({ reason }) => reason as never }) }),
  })
}

const REASON = { description: 'The reason, for programs.' }

function addInputRefusal<Reason extends string>(
  builder: Builder,
  name: string,
  description: string,
  reasonEnum: EnumRef<Reason>,
  wait: Wait,
) {
  const type = builder.objectRef<Refusal<string>>(name).implement({
    description,
    interfaces: ['Problem', 'InputProblem'],
    fields: (t) => ({
      reason: t.field({ type: reasonEnum, ...REASON, resolve: ({ reason }) => reason as never }),
      ...(wait === 'TOLD' && {
        retryAfter: t.int({
          nullable: true,
          description: 'Seconds to wait before trying again; null if waiting does not help or the time is unknown.',
          resolve: ({ retryAfter }) => retryAfter ?? null,
        }),
      }),
    }),
  })
  // Pothos cannot compare shapes that are still generic here.
  return type as unknown as ObjectRef<Refusal<Reason>>
}

type RefusedIn<Result> = Extract<Result, { kind: 'refused' }>
type SuccessIn<Result> = Exclude<Result, { kind: 'refused' }>
type ReasonIn<Result> = RefusedIn<Result> extends { reason: infer Reason extends string } ? Reason : never

interface SuccessType<Success> {
  description: string
  fields: (t: PothosSchemaTypes.ObjectFieldBuilder<Types, Success>) => FieldMap
}

/** Adds the union, its members and the enum of reasons. With the verb's type as `Result` no reason can be missing. */
export function addResult<Result extends { kind: string }>(
  builder: Builder,
  name: string,
  success: SuccessType<SuccessIn<Result>>,
  reasons: Record<ReasonIn<Result>, string>,
  wait: Wait = 'NOT_TOLD',
) {
  const field = `\`${name.charAt(0).toLowerCase()}${name.slice(1)}\``
  const succeeded = builder.objectRef<SuccessIn<Result>>(`${name}Success`).implement(success)
  const refused = addInputRefusal(
    builder,
    `${name}Refused`,
    `${field} was refused and changed nothing.`,
    addReasons(builder, `${name}Refusal`, `Why ${field} was refused.`, reasons),
    wait,
  )
  return builder.unionType(`${name}Result`, {
    description: `The outcome of ${field}.`,
    types: [succeeded, refused],
    resolveType: ({ kind }) => (kind === 'refused' ? refused : succeeded),
  })
}
