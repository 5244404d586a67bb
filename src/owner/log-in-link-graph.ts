import { OPERATOR } from '../graph/actor.js'
import { addResult } from '../graph/add-result.js'
import type { Builder } from '../graph/builder.js'
import { createLogInLink, type CreateLogInLinkResult } from './create-log-in-link.js'
import { limitCodes } from './limit-attempts.js'
import type { OwnerRefs } from './owner-type.js'
import { redeemLogInCode, type RedeemLogInCodeResult } from './redeem-log-in-code.js'
import { sessionFields } from './session-fields.js'

export function addLogInLinks(builder: Builder, refs: OwnerRefs): void {
  addCreateLogInLink(builder, refs)
  addRedeemLogInCode(builder, refs)
}

function addCreateLogInLink(builder: Builder, { user }: OwnerRefs): void {
  const input = builder.inputType('CreateLogInLinkInput', {
    description: 'Whom a link is for.',
    fields: (t) => ({ email: t.string({ description: 'The address that the owner logs in with.' }) }),
  })
  const result = addResult<CreateLogInLinkResult>(
    builder,
    'CreateLogInLink',
    {
      description: 'The link works once, for 10 minutes.',
      fields: (t) => ({
        url: t.exposeString('url', {
          description: "Opens the owner's dashboard logged in. It is a secret and is not shown again.",
        }),
        expiresAt: t.expose('expiresAt', { type: 'DateTime', description: 'Until when it can be opened.' }),
        user: t.field({ type: user, description: 'The owner.', resolve: (created) => created.user }),
      }),
    },
    { NOT_FOUND: 'There is no owner with this email address.' },
  )
  builder.mutationField('createLogInLink', (t) =>
    t.field({
      audience: 'OPERATOR',
      type: result,
      description: "Makes a link that opens an owner's dashboard logged in, once.",
      args: { input: t.arg({ type: input, description: 'The owner.' }) },
      resolve: (_root, args, context) => createLogInLink(context, OPERATOR, args.input),
    }),
  )
}

function addRedeemLogInCode(builder: Builder, refs: OwnerRefs): void {
  const input = builder.inputType('RedeemLogInCodeInput', {
    description: 'The code of a log-in link.',
    fields: (t) => ({ code: t.string({ description: 'What follows `#code=` in the link.' }) }),
  })
  const result = addResult<RedeemLogInCodeResult>(
    builder,
    'RedeemLogInCode',
    { description: 'The caller is logged in; the link no longer works.', fields: (t) => sessionFields(t, refs) },
    {
      WRONG_CODE: 'There is no such link, or it has been taken back.',
      USED_CODE: 'The link has been used.',
      EXPIRED_CODE: 'The link is older than 10 minutes.',
      RATE_LIMITED: 'Too many attempts from this address; try again later.',
    },
    'TOLD',
  )
  builder.mutationField('redeemLogInCode', (t) =>
    t.field({
      audience: 'EVERYONE',
      type: result,
      description: 'Opens a session of 30 days by the code of a log-in link, once.',
      args: { input: t.arg({ type: input, description: 'The code.' }) },
      resolve: (_root, args, context) => limitCodes(context, () => redeemLogInCode(context, args.input)),
    }),
  )
}
