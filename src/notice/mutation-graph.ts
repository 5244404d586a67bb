import type { Webhook } from '../generated/prisma/client.js'
import type { Builder } from '../graph/builder.js'
import { requireOwner } from '../graph/context.js'
import { addResult } from '../graph/problem.js'
import { createWebhook } from './create-webhook.js'
import { deleteWebhook } from './delete-webhook.js'
import type { AttemptRef } from './delivery-type.js'
import { rotateWebhookSecret } from './rotate-webhook-secret.js'
import { testWebhook, type TestWebhookResult } from './try-webhook.js'
import { updateWebhook } from './update-webhook.js'
import type { WebhookRef } from './webhook-type.js'

interface Refs {
  webhook: WebhookRef
  attempt: AttemptRef
}

const DENIED_HOST = "The host is on the operator's deny-list; the message says why."
const NOT_FOUND = 'The caller has no such webhook.'

export function addWebhookMutations(builder: Builder, refs: Refs): void {
  addCreateWebhook(builder, refs)
  addRotateWebhookSecret(builder, refs)
  addUpdateWebhook(builder, refs)
  addDeleteWebhook(builder, refs)
  addTestWebhook(builder, refs)
}

function addCreateWebhook(builder: Builder, { webhook }: Refs): void {
  const result = addResult(
    builder,
    'CreateWebhook',
    addSecretSuccess<'created'>(
      builder,
      'CreateWebhookSuccess',
      'The webhook is told of incidents from now on.',
      webhook,
    ),
    {
      INVALID_URL: 'The URL is not http or https, too long, or has a user name, password or fragment.',
      FORBIDDEN_TARGET: 'The URL leads into a private network, or to a port that is not asked.',
      DENIED_HOST,
      NOT_FOUND: 'The caller has no such website.',
      TOO_MANY_WEBHOOKS: 'The caller has 20 webhooks already.',
    },
  )
  const input = builder.inputType('CreateWebhookInput', {
    description: 'A receiver to tell of incidents.',
    fields: (t) => ({
      url: t.string({ description: 'Where messages are posted to. It never changes: another URL is another webhook.' }),
      websiteId: t.id({
        required: false,
        description: 'Only incidents of the website with this id; without it all of the caller.',
      }),
    }),
  })
  builder.mutationField('createWebhook', (t) =>
    t.field({
      type: result,
      description: 'Has a receiver told of incidents, by signed messages. For owners.',
      args: { input: t.arg({ type: input, description: 'The receiver.' }) },
      resolve: (_root, { input: { url, websiteId } }, context) =>
        createWebhook(context, { userId: requireOwner(context), url, websiteId: websiteId ?? null }),
    }),
  )
}

function addRotateWebhookSecret(builder: Builder, { webhook }: Refs): void {
  const result = addResult(
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
      type: result,
      description: 'Gives a webhook a new secret. For its owner.',
      args: { id: t.arg.id({ description: 'Which webhook.' }) },
      resolve: (_root, { id }, context) => rotateWebhookSecret(context, { userId: requireOwner(context), id }),
    }),
  )
}

function addUpdateWebhook(builder: Builder, { webhook }: Refs): void {
  const result = addResult(
    builder,
    'UpdateWebhook',
    addSuccess<'updated'>(builder, 'UpdateWebhookSuccess', 'The webhook is as it was asked to be.', webhook),
    { NOT_FOUND, DENIED_HOST },
  )
  const input = builder.inputType('UpdateWebhookInput', {
    description: 'What is to be different about a webhook. What is left out or null stays as it is.',
    fields: (t) => ({
      id: t.id({ description: 'Which webhook.' }),
      enabled: t.boolean({
        required: false,
        description: 'Whether messages are sent. Turned off, it gives up those that wait.',
      }),
    }),
  })
  builder.mutationField('updateWebhook', (t) =>
    t.field({
      type: result,
      description: 'Turns a webhook on or off. For its owner.',
      args: { input: t.arg({ type: input, description: 'The changes.' }) },
      resolve: (_root, { input: { id, enabled } }, context) =>
        updateWebhook(context, { userId: requireOwner(context), id, enabled: enabled ?? undefined }),
    }),
  )
}

function addDeleteWebhook(builder: Builder, { webhook }: Refs): void {
  const result = addResult(
    builder,
    'DeleteWebhook',
    addSuccess<'deleted'>(builder, 'DeleteWebhookSuccess', 'The webhook gets nothing more.', webhook),
    { NOT_FOUND },
  )
  builder.mutationField('deleteWebhook', (t) =>
    t.field({
      type: result,
      description: 'Sends a webhook nothing more and hides it, with its delivery log. For its owner.',
      args: { id: t.arg.id({ description: 'Which webhook.' }) },
      resolve: (_root, { id }, context) => deleteWebhook(context, { userId: requireOwner(context), id }),
    }),
  )
}

function addTestWebhook(builder: Builder, { attempt }: Refs): void {
  type Tested = Extract<TestWebhookResult, { kind: 'tested' }>
  const success = builder.objectRef<Tested>('TestWebhookSuccess').implement({
    description: 'The message was sent. Whether it was taken, the attempt tells.',
    fields: (t) => ({
      attempt: t.field({
        type: attempt,
        description: 'What came of it.',
        resolve: (outcome) => outcome.attempt,
      }),
    }),
  })
  const result = addResult(builder, 'TestWebhook', success, {
    NOT_FOUND,
    DISABLED: 'The webhook is turned off.',
    TEST_UNDER_WAY: 'Another test of it has not ended yet.',
    TOO_MANY_TESTS: 'It was tested 10 times within a minute.',
  })
  builder.mutationField('testWebhook', (t) =>
    t.field({
      type: result,
      description:
        'Sends a webhook a message of the type `webhook.test`, once, and waits for the answer, at most 10 s. For its owner.',
      args: { id: t.arg.id({ description: 'Which webhook.' }) },
      resolve: (_root, { id }, context) => testWebhook(context, { userId: requireOwner(context), id }),
    }),
  )
}

function addSuccess<Kind extends string>(builder: Builder, name: string, description: string, webhook: WebhookRef) {
  return builder.objectRef<{ kind: Kind; webhook: Webhook }>(name).implement({
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
  return builder.objectRef<{ kind: Kind; webhook: Webhook; secret: string }>(name).implement({
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
