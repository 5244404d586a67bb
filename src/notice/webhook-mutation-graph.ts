import type { Channel } from '../generated/prisma/client.js'
import type { Builder } from '../graph/builder.js'
import { requireOwner } from '../graph/context.js'
import { addResultOf } from '../graph/add-result.js'
import { CHANNELS_MAX, createWebhook } from './create-webhook.js'
import { rotateWebhookSecret } from './rotate-webhook-secret.js'
import { updateWebhook } from './update-webhook.js'
import type { WebhookRef } from './webhook-type.js'

const DENIED_HOST = "The host is on the operator's deny-list; the message says why."
const NOT_FOUND = 'The caller has no such webhook.'

export function addWebhookMutations(builder: Builder, webhook: WebhookRef): void {
  addCreateWebhook(builder, webhook)
  addRotateWebhookSecret(builder, webhook)
  addUpdateWebhook(builder, webhook)
}

function addCreateWebhook(builder: Builder, webhook: WebhookRef): void {
  const result = addResultOf(
    builder,
    'CreateWebhook',
    addSecretSuccess<'created'>(builder, 'CreateWebhookSuccess', 'The webhook gets messages from now on.', webhook),
    {
      INVALID_URL: 'The URL is not http or https, too long, or has a user name, password or fragment.',
      FORBIDDEN_TARGET: 'The URL leads into a private network, or to a port that is not asked.',
      DENIED_HOST,
      NOT_FOUND: 'The caller has no such website.',
      TOO_MANY_CHANNELS: `The caller has ${CHANNELS_MAX} channels already.`,
    },
  )
  const input = builder.inputType('CreateWebhookInput', {
    description: 'A webhook to create.',
    fields: (t) => ({
      url: t.string({
        description: 'Where messages are posted to. It never changes: for another URL, create another webhook.',
      }),
      websiteId: t.id({
        required: false,
        description: 'Only incidents of the website with this id; without it, of all websites of the caller.',
      }),
    }),
  })
  builder.mutationField('createWebhook', (t) =>
    t.field({
      audience: 'OWNER',
      type: result,
      description: 'Creates a webhook that receives signed incident messages.',
      args: { input: t.arg({ type: input, description: 'The webhook.' }) },
      resolve: (_root, { input: { url, websiteId } }, context) =>
        createWebhook(context, { userId: requireOwner(context), url, websiteId: websiteId ?? null }),
    }),
  )
}

function addRotateWebhookSecret(builder: Builder, webhook: WebhookRef): void {
  const result = addResultOf(
    builder,
    'RotateWebhookSecret',
    addSecretSuccess<'rotated'>(
      builder,
      'RotateWebhookSecretSuccess',
      'What is sent from now on is signed with the new secret only, retries too.',
      webhook,
    ),
    { NOT_FOUND },
  )
  builder.mutationField('rotateWebhookSecret', (t) =>
    t.field({
      audience: 'OWNER',
      type: result,
      description: 'Gives a webhook a new secret.',
      args: { id: t.arg.id({ description: 'Which webhook.' }) },
      resolve: (_root, { id }, context) => rotateWebhookSecret(context, { userId: requireOwner(context), id }),
    }),
  )
}

function addUpdateWebhook(builder: Builder, webhook: WebhookRef): void {
  const result = addResultOf(
    builder,
    'UpdateWebhook',
    addSuccess<'updated'>(builder, 'UpdateWebhookSuccess', 'The webhook is as requested.', webhook),
    { NOT_FOUND, DENIED_HOST },
  )
  const input = builder.inputType('UpdateWebhookInput', {
    description: 'Changes to a webhook. What is omitted or null stays as it is.',
    fields: (t) => ({
      id: t.id({ description: 'Which webhook.' }),
      enabled: t.boolean({
        required: false,
        description: 'Whether messages are sent. Turning it off abandons those that wait.',
      }),
    }),
  })
  builder.mutationField('updateWebhook', (t) =>
    t.field({
      audience: 'OWNER',
      type: result,
      description: 'Turns a webhook on or off.',
      args: { input: t.arg({ type: input, description: 'The changes.' }) },
      resolve: (_root, { input: { id, enabled } }, context) =>
        updateWebhook(context, { userId: requireOwner(context), id, enabled: enabled ?? undefined }),
    }),
  )
}

function addSuccess<Kind extends string>(builder: Builder, name: string, description: string, webhook: WebhookRef) {
  return builder.objectRef<{ kind: Kind; webhook: Channel }>(name).implement({
    description,
    fields: (t) => ({
      webhook: t.field({
        type: webhook,
        description: 'The webhook as it is now.',
        resolve: (outcome) => outcome.webhook,
      }),
    }),
  })
}

function addSecretSuccess<Kind extends string>(
  builder: Builder,
  name: string,
  description: string,
  webhook: WebhookRef,
) {
  return builder.objectRef<{ kind: Kind; webhook: Channel; secret: string }>(name).implement({
    description,
    fields: (t) => ({
      webhook: t.field({
        type: webhook,
        description: 'The webhook as it is now.',
        resolve: (outcome) => outcome.webhook,
      }),
      secret: t.exposeString('secret', {
        description: 'What messages are signed with, as libraries for Standard Webhooks take it. Shown this once.',
      }),
    }),
  })
}
