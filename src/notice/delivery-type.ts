import { perOperation } from '../graph/batch.js'
import type { Builder, ModelRef } from '../graph/builder.js'
import { ATTEMPTS_SHOWN_MAX, listAttempts } from './list-deliveries.js'

export type DeliveryRef = ModelRef<'WebhookDelivery'>
export type AttemptRef = ModelRef<'WebhookAttempt'>

/** What is in the delivery log. */
export function addDeliveryTypes(builder: Builder): { attempt: AttemptRef; delivery: DeliveryRef } {
  const attempt = addAttempt(builder)
  const attemptsOf = perOperation(({ store }, ids: readonly string[]) => listAttempts(store, ids))
  const delivery = builder.prismaObject('WebhookDelivery', {
    description: 'One message to one webhook. Kept for 30 days.',
    fields: (t) => ({
      id: t.exposeID('id', { description: 'What every try to deliver it says in the header `webhook-id`.' }),
      event: t.exposeString('event', {
        description: '`incident.opened`, `incident.reopened`, `incident.closed` or `webhook.test`.',
      }),
      payload: t.exposeString('payload', { description: 'The body, as it is sent: JSON.' }),
      createdAt: t.expose('createdAt', { type: 'DateTime', description: 'When there was something to tell.' }),
      nextAttemptAt: t.expose('nextAttemptAt', {
        type: 'DateTime',
        nullable: true,
        description: 'When it is tried again at the latest; null once it is delivered or given up, and for a test.',
      }),
      deliveredAt: t.expose('deliveredAt', {
        type: 'DateTime',
        nullable: true,
        description: 'When the receiver took it: by an answer with a status from 200 to 299.',
      }),
      abandonedAt: t.expose('abandonedAt', {
        type: 'DateTime',
        nullable: true,
        description: 'When it was given up: after its last retry, or because the webhook was turned off or deleted.',
      }),
      attempts: t.field({
        type: [attempt],
        description: `The tries to deliver it, newest first; at most the last ${ATTEMPTS_SHOWN_MAX}.`,
        resolve: ({ id }, _arguments, context) => attemptsOf(context, id),
      }),
    }),
  })
  return { attempt, delivery }
}

function addAttempt(builder: Builder): AttemptRef {
  return builder.prismaObject('WebhookAttempt', {
    description: 'One try to deliver a message, and what the other side said.',
    fields: (t) => ({
      at: t.expose('at', { type: 'DateTime', description: 'When it began.' }),
      durationMs: t.exposeInt('durationMs', { description: 'How long it took, in milliseconds.' }),
      httpStatus: t.exposeInt('httpStatus', {
        nullable: true,
        description: 'The status of the answer; null without one.',
      }),
      answer: t.exposeString('answer', {
        nullable: true,
        description: "The first 500 characters of the answer's body; null without an answer.",
      }),
      error: t.exposeString('error', {
        nullable: true,
        description: 'Why it does not count as delivered, in a sentence; null when it does.',
      }),
    }),
  })
}
