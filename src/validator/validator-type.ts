import { perOperation } from '../graph/batch.js'
import type { Builder, EnumRef, ModelRef } from '../graph/builder.js'
import type { GraphContext } from '../graph/context.js'
import { addReasons } from '../graph/add-result.js'
import type { TickRejection, Validator } from '../generated/prisma/client.js'
import { TICK_REJECTIONS } from '../protocol/tick-rejections.js'

export type ValidatorRef = ModelRef<'Validator'>

export interface ValidatorRefs {
  validator: ValidatorRef
  /** A validator by its number. */
  validatorByNo: (context: GraphContext, no: number) => Promise<Validator>
  tickRejection: EnumRef<TickRejection>
}

/** Adds the type Validator. What a validator has earned is public: the ledger is for everybody to check. */
export function addValidatorType(builder: Builder): ValidatorRefs {
  const tickRejection = addReasons(builder, 'TickRejection', 'Why an answer is refused.', TICK_REJECTIONS)
  const lastRefusal = builder.objectRef<{ at: Date; reason: TickRejection; message: string }>('LastRefusal').implement({
    description: "The latest refusal of an answer that this validator's key signed.",
    fields: (t) => ({
      at: t.expose('at', { type: 'DateTime', description: 'When it was refused.' }),
      reason: t.expose('reason', { type: tickRejection, description: 'The reason, for programs.' }),
      message: t.exposeString('message', { description: 'The message that explained it.' }),
    }),
  })
  const validator = builder.prismaObject('Validator', {
    description: 'A registered key that may check websites.',
    fields: (t) => ({
      id: t.exposeID('id', { description: "The validator's ID." }),
      publicKey: t.expose('publicKey', { type: 'PublicKey', description: 'Its Ed25519 key.' }),
      pendingPayouts: t.expose('pendingPayouts', {
        type: 'BigInt',
        description: 'Lamports earned and not yet paid out.',
      }),
      label: t.exposeString('label', { nullable: true, description: 'A name for people, self-declared.' }),
      region: t.exposeString('region', { nullable: true, description: 'Where it runs, self-declared.' }),
      agentVersion: t.exposeString('agentVersion', { nullable: true, description: 'Its program, as it says itself.' }),
      createdAt: t.expose('createdAt', { type: 'DateTime', description: 'When the key first signed up.' }),
      banned: t.boolean({
        description: "Whether the hub's operator has banned it.",
        resolve: (validator) => validator.bannedAt !== null,
      }),
      bannedAt: t.expose('bannedAt', {
        type: 'DateTime',
        nullable: true,
        description: 'When it was banned; null while it is not.',
      }),
      suspended: t.boolean({
        description: "Whether the hub's operator has suspended it: it gets no tasks until that is lifted.",
        resolve: (validator) => validator.suspendedAt !== null,
      }),
      suspendedAt: t.expose('suspendedAt', {
        type: 'DateTime',
        nullable: true,
        description: 'When it was suspended; null while it is not.',
      }),
      lastRefusal: t.field({
        type: lastRefusal,
        nullable: true,
        description:
          'Its last refused answer and why. Visible to the validator itself and to operators; null for others and if there was none.',
        resolve: ({ id, refusedAt, refusedReason, refusedMessage }, _args, context) =>
          maySeePrivate(context, id) && refusedAt && refusedReason && refusedMessage !== null
            ? { at: refusedAt, reason: refusedReason, message: refusedMessage }
            : null,
      }),
    }),
  })
  const validatorByNo = perOperation(({ store }, nos: readonly number[]) => findByNo(store, nos))
  return { validator, validatorByNo, tickRejection }
}

async function findByNo({ prisma }: GraphContext['store'], nos: readonly number[]): Promise<(Validator | Error)[]> {
  const validators = await prisma.validator.findMany({ where: { no: { in: [...new Set(nos)] } } })
  const found = new Map(validators.map((validator) => [validator.no, validator]))
  return nos.map((no) => found.get(no) ?? new Error(`there is no validator ${no}`))
}

function maySeePrivate({ identity }: GraphContext, validatorId: string): boolean {
  return identity.kind === 'operator' || (identity.kind === 'validator' && identity.validatorId === validatorId)
}
