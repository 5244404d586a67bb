import type { Builder } from '../graph/builder.js'
import { addRefusal } from '../graph/add-result.js'
import type { ValidatorRefs } from '../validator/validator-type.js'
import type { WebsiteRefs } from '../website/website-type.js'
import type { ClosedRound } from './find-last-closed-round.js'
import { findTick } from './find-tick.js'
import { addTickRefs } from './tick-refs.js'
import { addSubmitInputs } from './input-graph.js'
import type { Intake } from './intake.js'
import { submitTick, type SubmitTickSuccess } from './submit-tick.js'
import type { TickRef } from './tick-type.js'
import { submitTicks, type SubmitTicksSuccess } from './submit-ticks.js'
import { atMost } from '../graph/items-max.js'
import { TICKS_PER_BATCH_MAX } from '../protocol/limits.js'

declare module '../graph/context.js' {
  interface GraphContext {
    intake: Intake
    lastClosedRound(): Promise<ClosedRound | null>
  }
}

type Refs = ValidatorRefs & Pick<WebsiteRefs, 'website' | 'websiteByNo'>

/** Adds the way in for signed answers, and what owners see of them. */
export function addTickGraph(builder: Builder, refs: Refs) {
  const tickRefs = addTickRefs(builder, refs)
  const { submitTickInput, submitTicksInput } = addSubmitInputs(builder, tickRefs)
  const tickResult = addTickResult(builder, refs, tickRefs.tick)
  const ticksResult = addTicksResult(builder, refs)
  builder.mutationFields((t) => ({
    submitTick: t.field({
      audience: 'EVERYONE',
      type: tickResult,
      description:
        'Submits one signed answer. It is committed before this resolves. Needs no token: the signature identifies the validator.',
      args: { input: t.arg({ type: submitTickInput, description: 'The answer, signed.' }) },
      resolve: (_root, { input }, context) => submitTick(context, { ...input, sender: context }),
    }),
    submitTicks: t.field({
      audience: 'EVERYONE',
      type: ticksResult,
      description:
        'Submits up to 500 answers under one signature. Each is accepted or refused alone; accepted ones are committed before this resolves.',
      args: { input: t.arg({ type: submitTicksInput, description: 'The answers, signed together.' }) },
      resolve: (_root, { input }, context) => submitTicks(context, { ...input, sender: context }),
    }),
  }))
  return tickRefs
}

function addTickResult(builder: Builder, refs: Refs, tick: TickRef) {
  const success = builder.objectRef<SubmitTickSuccess>('SubmitTickSuccess').implement({
    description: 'The answer is stored and paid.',
    fields: (t) => ({
      tick: t.field({
        type: tick,
        description: 'The answer as it is stored.',
        resolve: async ({ callback }, _args, { store }) => {
          const stored = await findTick(store, callback)
          if (!stored) throw new Error('an accepted answer is not stored')
          return stored
        },
      }),
    }),
  })
  const rejected = addRefusal(
    builder,
    'TickRejected',
    'The answer was refused and changed nothing.',
    refs.tickRejection,
  )
  return builder.unionType('SubmitTickResult', {
    description: 'The outcome of `submitTick`.',
    types: [success, rejected],
    resolveType: ({ kind }) => (kind === 'success' ? success : rejected),
  })
}

function addTicksResult(builder: Builder, refs: Refs) {
  const rejectedTick = builder.objectRef<SubmitTicksSuccess['rejected'][number]>('RejectedTick').implement({
    description: 'A refused answer of a batch.',
    fields: (t) => ({
      callbackId: t.exposeID('callbackId', { description: 'The callback ID as it was sent.' }),
      reason: t.field({
        type: refs.tickRejection,
        description: 'The reason, for programs.',
        resolve: ({ refusal }) => refusal.reason,
      }),
      message: t.string({
        description: 'Whose fault it is and what to do next.',
        resolve: ({ refusal }) => refusal.message,
      }),
    }),
  })
  const success = builder.objectRef<SubmitTicksSuccess>('SubmitTicksSuccess').implement({
    description: 'The signature is right, and each answer was accepted or refused alone.',
    fields: (t) => ({
      acceptedCount: t.exposeInt('acceptedCount', {
        description: 'How many are stored, including repeats of stored ones.',
      }),
      rejected: t.field({
        type: [rejectedTick],
        description: 'The refused answers, in the order sent.',
        extensions: atMost(TICKS_PER_BATCH_MAX),
        resolve: (result) => result.rejected,
      }),
    }),
  })
  const rejected = addRefusal(
    builder,
    'TicksRejected',
    'The whole batch was refused and changed nothing.',
    refs.tickRejection,
  )
  return builder.unionType('SubmitTicksResult', {
    description: 'The outcome of `submitTicks`.',
    types: [success, rejected],
    resolveType: ({ kind }) => (kind === 'success' ? success : rejected),
  })
}
