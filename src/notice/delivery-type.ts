import type { AttemptOutcome } from '../generated/prisma/client.js'
import type { Builder, ModelRef } from '../graph/builder.js'
import type { ChannelRef } from './channel-type.js'
import { atMost } from '../graph/items-max.js'

export type DeliveryRef = ModelRef<'Delivery'>
export type AttemptRef = ModelRef<'DeliveryAttempt'>

/** New messages may cause more attempts than the schedule has. */
const ATTEMPTS_SHOWN_MAX = 20

export function addDeliveryTypes(
  builder: Builder,
  channel: ChannelRef,
): { attempt: AttemptRef; delivery: DeliveryRef } {
  const attempt = addAttempt(builder)
  const delivery = builder.prismaObject('Delivery', {
    description: 'One message to one channel. Kept for 30 days.',
    fields: (t) => ({
      id: t.exposeID('id', {
        description: 'Identifies the message in every attempt; a webhook gets it in the header `webhook-id`.',
      }),
      channel: t.relation('channel', { type: channel, description: 'The channel it is for, possibly deleted.' }),
      event: t.exposeString('event', {
        description: '`incident.opened`, `incident.reopened`, `incident.closed` or `channel.test`.',
      }),
      payload: t.exposeString('payload', {
        description: 'What happened, as JSON. A webhook gets exactly this text as the body.',
      }),
      createdAt: t.expose('createdAt', { type: 'DateTime', description: 'When it happened.' }),
      nextAttemptAt: t.expose('nextAttemptAt', {
        type: 'DateTime',
        nullable: true,
        description: 'The latest time of the next attempt; null once delivered or abandoned, and for tests.',
      }),
      deliveredAt: t.expose('deliveredAt', {
        type: 'DateTime',
        nullable: true,
        description: 'When the receiver accepted it.',
      }),
      abandonedAt: t.expose('abandonedAt', {
        type: 'DateTime',
        nullable: true,
        description: 'When it was abandoned: after its last retry, or because the channel was turned off or deleted.',
      }),
      attempts: t.relation('attempts', {
        type: attempt,
        description: `The attempts to deliver it, newest first; at most the last ${ATTEMPTS_SHOWN_MAX}.`,
        query: { orderBy: { id: 'desc' }, take: ATTEMPTS_SHOWN_MAX },
        extensions: atMost(ATTEMPTS_SHOWN_MAX),
      }),
    }),
  })
  return { attempt, delivery }
}

function addAttempt(builder: Builder): AttemptRef {
  const outcome = builder.enumType('AttemptOutcome', {
    description: 'The outcome of an attempt to deliver a message.',
    values: {
      DELIVERED: { description: 'The receiver accepted the message.' },
      GONE: { description: 'The receiver wants no more messages, ever: the channel was turned off.' },
      REFUSED: { description: 'The receiver refused this message. It is retried; others overtake it.' },
      UNREACHABLE: { description: 'The receiver accepts nothing right now. All its messages wait.' },
      STOPPED: { description: 'The hub stopped before there was an answer.' },
    } satisfies Record<AttemptOutcome, object>,
  })
  return builder.prismaObject('DeliveryAttempt', {
    description: 'One attempt to deliver a message, and how the receiver answered.',
    fields: (t) => ({
      at: t.expose('at', { type: 'DateTime', description: 'When it began.' }),
      durationMs: t.exposeInt('durationMs', { description: 'How long it took, in milliseconds.' }),
      outcome: t.expose('outcome', { type: outcome, description: 'The outcome.' }),
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
        description: 'Why it was not delivered, in one sentence; null if it was.',
      }),
    }),
  })
}
