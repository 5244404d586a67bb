import type { Channel } from '../generated/prisma/client.js'
import { ownerIn } from '../graph/actor.js'
import { addResult } from '../graph/add-result.js'
import type { Builder, Types } from '../graph/builder.js'
import { CHANNELS_MAX, createWebhook, type CreateWebhookResult } from './create-webhook.js'
import { OVERLAP_DEFAULT_S, OVERLAP_MAX_S } from './overlap-fault.js'
import { rotateWebhookSecret, type RotateWebhookSecretResult } from './rotate-webhook-secret.js'
import { updateWebhook, type UpdateWebhookResult } from './update-webhook.js'
import type { WebhookRef } from './webhook-type.js'

const DENIED_HOST = "The host is on the operator's deny-list; the message says why."
const NOT_FOUND = 'The caller has no such webhook.'

export function addWebhookMutations(builder: Builder, webhook: WebhookRef): void {
  addCreateWebhook(builder, webhook)
  addRotateWebhookSecret(builder, webhook)
  addUpdateWebhook(builder, webhook)
}

type Fields<Shape> = PothosSchemaTypes.ObjectFieldBuilder<Types, Shape>

function webhookField<Shape extends { webhook: Channel }>(t: Fields<Shape>, type: WebhookRef) {
  return t.field({ type, description: 'The webhook as it is now.', resolve: (success) => success.webhook })
}

function secretField<Shape extends { secret: string }>(t: Fields<Shape>) {
  return t.string({
    description: 'The key that signs messages, in the form that Standard Webhooks libraries take. Shown only once.',
    resolve: (success) => success.secret,
  })
}

function addCreateWebhook(builder: Builder, webhook: WebhookRef): void {
  const result = addResult<CreateWebhookResult>(
    builder,
    'CreateWebhook',
    {
      description: 'The webhook gets messages from now on.',
      fields: (t) => ({ webhook: webhookField(t, webhook), secret: secretField(t) }),
    },
    {
      INVALID_URL: 'The URL is not http or https, too long, or has a user name, password or fragment.',
      FORBIDDEN_TARGET: 'The URL leads to a private network, or to a port that is not allowed.',
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
        createWebhook(context, ownerIn(context), { url, websiteId: websiteId ?? null }),
    }),
  )
}

function addRotateWebhookSecret(builder: Builder, webhook: WebhookRef): void {
  const result = addResult<RotateWebhookSecretResult>(
    builder,
    'RotateWebhookSecret',
    {
      description: 'Every attempt from now on is signed with the new secret, including retries.',
      fields: (t) => ({ webhook: webhookField(t, webhook), secret: secretField(t) }),
    },
    {
      NOT_FOUND,
      INVALID_OVERLAP: `The overlap is not from 0 to ${OVERLAP_MAX_S} seconds.`,
    },
  )
  const input = builder.inputType('RotateWebhookSecretInput', {
    description: 'Which webhook gets a new secret.',
    fields: (t) => ({
      id: t.id({ description: 'ID of the webhook.' }),
      overlapS: t.int({
        defaultValue: OVERLAP_DEFAULT_S,
        description: `Seconds for which the current secret keeps signing beside the new one: 0, which ends it at once, to ${OVERLAP_MAX_S}.`,
      }),
    }),
  })
  builder.mutationField('rotateWebhookSecret', (t) =>
    t.field({
      audience: 'OWNER',
      type: result,
      description:
        'Gives a webhook a new secret. The current one keeps signing beside it for a while, a day by default; older ones stop at once.',
      args: { input: t.arg({ type: input, description: 'The webhook and the overlap.' }) },
      resolve: (_root, args, context) => rotateWebhookSecret(context, ownerIn(context), args.input),
    }),
  )
}

function addUpdateWebhook(builder: Builder, webhook: WebhookRef): void {
  const result = addResult<UpdateWebhookResult>(
    builder,
    'UpdateWebhook',
    { description: 'The webhook is as requested.', fields: (t) => ({ webhook: webhookField(t, webhook) }) },
    { NOT_FOUND, DENIED_HOST },
  )
  const input = builder.inputType('UpdateWebhookInput', {
    description: 'Changes to a webhook. Fields left out or null stay the same.',
    fields: (t) => ({
      id: t.id({ description: 'ID of the webhook.' }),
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
        updateWebhook(context, ownerIn(context), { id, enabled: enabled ?? undefined }),
    }),
  )
}
