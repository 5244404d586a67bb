import { OPERATOR } from '../graph/actor.js'
import { addResult } from '../graph/add-result.js'
import type { Builder } from '../graph/builder.js'
import { setValidatorBan, type SetValidatorBanResult } from './set-validator-ban.js'
import { setValidatorSuspension, type SetValidatorSuspensionResult } from './set-validator-suspension.js'
import type { ValidatorRef } from './validator-type.js'

const REFUSALS = { NOT_FOUND: 'There is no such validator.' }

/** Adds what operators do about validators. */
export function addValidatorOperation(builder: Builder, validator: ValidatorRef): void {
  addBan(builder, validator)
  addSuspension(builder, validator)
}

function addBan(builder: Builder, type: ValidatorRef): void {
  const input = builder.inputType('SetValidatorBanInput', {
    description: 'Whether a validator is banned.',
    fields: (t) => ({
      id: t.id({ description: 'The validator.' }),
      banned: t.boolean({ description: 'True bans it, false lifts its ban.' }),
    }),
  })
  const result = addResult<SetValidatorBanResult>(
    builder,
    'SetValidatorBan',
    {
      description: 'The validator is banned, or no longer banned.',
      fields: (t) => ({
        validator: t.field({ type, description: 'The validator.', resolve: ({ validator }) => validator }),
      }),
    },
    REFUSALS,
  )
  builder.mutationField('setValidatorBan', (t) =>
    t.field({
      audience: 'OPERATOR',
      type: result,
      description:
        'Bans a validator or lifts its ban. A ban ends its sessions and closes its sockets with 4403; its balance stays.',
      args: { input: t.arg({ type: input, description: 'The validator and its new state.' }) },
      resolve: (_root, args, context) => setValidatorBan(context, OPERATOR, args.input),
    }),
  )
}

function addSuspension(builder: Builder, type: ValidatorRef): void {
  const input = builder.inputType('SetValidatorSuspensionInput', {
    description: 'Whether a validator is suspended.',
    fields: (t) => ({
      id: t.id({ description: 'The validator.' }),
      suspended: t.boolean({ description: 'True suspends it, false lifts its suspension.' }),
    }),
  })
  const result = addResult<SetValidatorSuspensionResult>(
    builder,
    'SetValidatorSuspension',
    {
      description: 'The validator is suspended, or no longer suspended.',
      fields: (t) => ({
        validator: t.field({ type, description: 'The validator.', resolve: ({ validator }) => validator }),
      }),
    },
    REFUSALS,
  )
  builder.mutationField('setValidatorSuspension', (t) =>
    t.field({
      audience: 'OPERATOR',
      type: result,
      description:
        "Suspends a validator or lifts its suspension. A suspended validator's `tasks` are refused with FORBIDDEN; it keeps its session and its balance.",
      args: { input: t.arg({ type: input, description: 'The validator and its new state.' }) },
      resolve: (_root, args, context) => setValidatorSuspension(context, OPERATOR, args.input),
    }),
  )
}
