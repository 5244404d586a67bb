import type { Builder } from '../graph/builder.js'
import type { ValidatorRefs } from '../validator/validator-type.js'
import type { CheckRef } from '../website/check-type.js'
import { openTasks } from './open-tasks.js'
import type { SessionRegistry } from './session-registry.js'
import { addSessions } from './sessions-graph.js'
import type { ValidateTask } from './task.js'
import { addValidators } from './validators-graph.js'
import { atMost } from '../graph/items-max.js'
import { TASKS_PER_EVENT_MAX } from '../protocol/limits.js'

declare module '../graph/context.js' {
  interface GraphContext {
    sessions: SessionRegistry
  }
}

/** Adds the channel on which validators get their tasks, and the operators' view of who is on it. */
export function addSessionGraph(builder: Builder, refs: ValidatorRefs & { check: CheckRef }): void {
  addTasks(builder, refs.check)
  addSessions(builder, refs)
  addValidators(builder, refs.validator)
}

function addTasks(builder: Builder, check: CheckRef): void {
  const task = addTaskType(builder, check)
  builder.subscriptionField('tasks', (t) =>
    t.field({
      audience: 'VALIDATOR',
      type: [task],
      description:
        "A validator's tasks, as rounds begin: every event is a list of at most 500. Of several subscriptions of one key the newest gets the tasks.",
      extensions: atMost(TASKS_PER_EVENT_MAX),
      subscribe: (_root, _args, context) => openTasks(context),
      resolve: (tasks) => tasks,
    }),
  )
}

function addTaskType(builder: Builder, check: CheckRef) {
  return builder.objectRef<ValidateTask>('ValidateTask').implement({
    description: 'One website to check once. Answer it with submitTick or submitTicks before its deadline.',
    fields: (t) => ({
      callbackId: t.exposeID('callbackId', {
        description: 'Identifies validator, website and round; copy it into the answer byte for byte.',
      }),
      websiteId: t.exposeID('websiteId', { description: "The website's ID, for the statement." }),
      url: t.exposeString('url', { description: 'The URL to request, also for the statement.' }),
      roundAt: t.expose('roundAt', { type: 'DateTime', description: "The round's instant, also for the statement." }),
      startAfterMs: t.exposeInt('startAfterMs', {
        description:
          "Milliseconds after the round's instant to begin, so that validators do not hit a website all at once.",
      }),
      deadlineAt: t.expose('deadlineAt', { type: 'DateTime', description: 'Answers that arrive later are LATE.' }),
      check: t.expose('check', { type: check, description: 'How to check; its hash goes into the statement.' }),
    }),
  })
}
