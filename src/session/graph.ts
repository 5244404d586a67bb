import type { Builder } from '../graph/builder.js'
import { requireOperator } from '../graph/context.js'
import type { ValidatorRef } from '../validator/validator-type.js'
import type { CheckRef } from '../website/check-type.js'
import { openTasks } from './open-tasks.js'
import type { Session, SessionRegistry } from './session-registry.js'
import type { ValidateTask } from './task.js'

declare module '../graph/context.js' {
  interface GraphContext {
    sessions: SessionRegistry
  }
}

interface Refs {
  check: CheckRef
  validator: ValidatorRef
}

/** Adds the channel on which validators get their tasks, and the operators' view of who is on it. */
export function addSessionGraph(builder: Builder, { check, validator }: Refs): void {
  const task = addTaskType(builder, check)
  const session = addSessionType(builder, validator)
  builder.subscriptionField('tasks', (t) =>
    t.field({
      audience: 'VALIDATOR',
      type: [task],
      description:
        "A validator's tasks, as rounds begin: every event is a list of at most 500. Needs a validator's session; of several subscriptions of one key the newest gets the tasks.",
      subscribe: (_root, _args, context) => openTasks(context),
      resolve: (tasks) => tasks,
    }),
  )
  builder.queryField('sessions', (t) =>
    t.field({
      audience: 'OPERATOR',
      type: [session],
      description: 'The validators that are connected to this hub, in the order of their registration.',
      resolve: (_root, _args, context) => {
        requireOperator(context)
        return context.sessions.list()
      },
    }),
  )
}

function addTaskType(builder: Builder, check: CheckRef) {
  return builder.objectRef<ValidateTask>('ValidateTask').implement({
    description: 'One website to check once. Answer it with submitTick or submitTicks before its deadline.',
    fields: (t) => ({
      callbackId: t.exposeID('callbackId', {
        description: 'Belongs to this validator, website and round; goes into the answer byte for byte.',
      }),
      websiteId: t.exposeID('websiteId', { description: "The website's ID, for the statement." }),
      url: t.exposeString('url', { description: 'What to ask for, for the statement too.' }),
      roundAt: t.expose('roundAt', { type: 'DateTime', description: "The round's instant, for the statement too." }),
      startAfterMs: t.exposeInt('startAfterMs', {
        description: "Milliseconds after the round's instant to begin, so that a website is not hit by all at once.",
      }),
      deadlineAt: t.expose('deadlineAt', { type: 'DateTime', description: 'Answers that arrive later are LATE.' }),
      check: t.expose('check', { type: check, description: 'How to check; its hash goes into the statement.' }),
    }),
  })
}

function addSessionType(builder: Builder, validator: ValidatorRef) {
  return builder.objectRef<Session>('Session').implement({
    description: 'A validator that is connected to this hub.',
    fields: (t) => ({
      validator: t.field({
        type: validator,
        description: 'Whose session it is.',
        resolve: ({ validatorId }, _args, { store }) =>
          store.prisma.validator.findUniqueOrThrow({ where: { id: validatorId } }),
      }),
      since: t.expose('since', { type: 'DateTime', description: 'When it subscribed to its tasks.' }),
      address: t.exposeString('address', { description: 'Its address, as the hub sees it.' }),
      network: t.exposeString('network', {
        description: 'What its address counts as when answers are counted by network.',
      }),
      agentVersion: t.exposeString('agentVersion', { nullable: true, description: 'Its program, self-declared.' }),
    }),
  })
}
