import { ownerIn } from '../graph/actor.js'
import { addResult } from '../graph/add-result.js'
import type { Builder } from '../graph/builder.js'
import { changePassword, type ChangePasswordResult } from './change-password.js'
import { limitAttempts } from './limit-attempts.js'
import { logIn, type LogInResult } from './log-in.js'
import { logOut, type LogOutResult } from './log-out.js'
import type { OwnerRefs } from './owner-type.js'
import { readEmail } from './read-email.js'
import { register, type RegisterResult } from './register.js'
import { sessionFields } from './session-fields.js'

export const NEW_OWNER_REFUSALS = {
  INVALID_EMAIL: 'The email address is not of the usual form.',
  WEAK_PASSWORD: 'The password has fewer than 10 characters or more than 256.',
  EMAIL_TAKEN: 'There is an owner with this email address.',
  RATE_LIMITED: 'Too many attempts, or the hub is busy checking other passwords; try again later.',
}

export function addSessionMutations(builder: Builder, refs: OwnerRefs): void {
  addRegister(builder, refs)
  addLogIn(builder, refs)
  addLogOut(builder)
  addChangePassword(builder, refs)
}

function addRegister(builder: Builder, refs: OwnerRefs): void {
  const input = builder.inputType('RegisterInput', {
    description: 'The owner to register.',
    fields: (t) => ({
      email: t.string({ description: 'The address to log in with.' }),
      password: t.string({ description: 'From 10 to 256 characters.' }),
    }),
  })
  const result = addResult<RegisterResult>(
    builder,
    'Register',
    { description: 'The caller is an owner now, and logged in.', fields: (t) => sessionFields(t, refs) },
    {
      REGISTRATION_CLOSED: 'Only the operator creates owners here.',
      ...NEW_OWNER_REFUSALS,
    },
    'TOLD',
  )
  builder.mutationField('register', (t) =>
    t.field({
      audience: 'EVERYONE',
      type: result,
      description: 'Makes the caller an owner, where the operator has opened registration.',
      args: { input: t.arg({ type: input, description: 'The email address and the password.' }) },
      resolve: (_root, args, context) => {
        const attempt = () => register(context, args.input)
        if (context.settings.registration !== 'open') return attempt()
        return limitAttempts(context, { of: 'SIGNUPS', account: `new ${accountOf(args.input.email)}` }, attempt)
      },
    }),
  )
}

function addLogIn(builder: Builder, refs: OwnerRefs): void {
  const input = builder.inputType('LogInInput', {
    description: 'The credentials to log in with.',
    fields: (t) => ({
      email: t.string({ description: "The owner's email address." }),
      password: t.string({ description: "The owner's password." }),
    }),
  })
  const result = addResult<LogInResult>(
    builder,
    'LogIn',
    { description: 'The caller is logged in.', fields: (t) => sessionFields(t, refs) },
    {
      WRONG_CREDENTIALS: 'No owner has this email address and password.',
      RATE_LIMITED: NEW_OWNER_REFUSALS.RATE_LIMITED,
    },
    'TOLD',
  )
  builder.mutationField('logIn', (t) =>
    t.field({
      audience: 'EVERYONE',
      type: result,
      description: 'Opens a session of 30 days.',
      args: { input: t.arg({ type: input, description: 'The email address and the password.' }) },
      resolve: (_root, args, context) =>
        limitAttempts(context, { of: 'LOG_INS', account: accountOf(args.input.email) }, () =>
          logIn(context, args.input),
        ),
    }),
  )
}

function addLogOut(builder: Builder): void {
  const result = addResult<LogOutResult>(
    builder,
    'LogOut',
    {
      description: 'The session has ended; its token no longer works.',
      fields: (t) => ({ loggedOutAt: t.expose('at', { type: 'DateTime', description: 'When it ended.' }) }),
    },
    { NO_SESSION: 'The caller used an API token, or the session has already ended.' },
  )
  builder.mutationField('logOut', (t) =>
    t.field({
      audience: 'OWNER',
      type: result,
      description: "Ends the caller's log-in session.",
      resolve: (_root, _args, context) => logOut(context, ownerIn(context)),
    }),
  )
}

function addChangePassword(builder: Builder, { user }: OwnerRefs): void {
  const input = builder.inputType('ChangePasswordInput', {
    description: 'A new password.',
    fields: (t) => ({
      currentPassword: t.string({
        required: false,
        description: 'The current password; null for an owner who has none.',
      }),
      newPassword: t.string({ description: 'From 10 to 256 characters.' }),
    }),
  })
  const result = addResult<ChangePasswordResult>(
    builder,
    'ChangePassword',
    {
      description: 'The owner has the new password, and every other log-in session has ended.',
      fields: (t) => ({ user: t.field({ type: user, description: 'The owner.', resolve: (changed) => changed.user }) }),
    },
    {
      WRONG_PASSWORD: 'The current password is missing or wrong.',
      WEAK_PASSWORD: NEW_OWNER_REFUSALS.WEAK_PASSWORD,
      RATE_LIMITED: NEW_OWNER_REFUSALS.RATE_LIMITED,
    },
    'TOLD',
  )
  builder.mutationField('changePassword', (t) =>
    t.field({
      audience: 'OWNER',
      type: result,
      description: "Changes the caller's password and ends their other log-in sessions; API tokens stay.",
      args: { input: t.arg({ type: input, description: 'The old password and the new one.' }) },
      resolve: (_root, args, context) => {
        const actor = ownerIn(context)
        const { currentPassword = null, newPassword } = args.input
        return limitAttempts(context, { of: 'LOG_INS', account: actor.userId }, () =>
          changePassword(context, actor, { currentPassword, newPassword }),
        )
      },
    }),
  )
}

/** What an account is called, however it is spelt. */
function accountOf(email: string): string {
  return readEmail(email) ?? email
}
