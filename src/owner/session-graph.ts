import type { User } from '../generated/prisma/client.js'
import type { Builder } from '../graph/builder.js'
import { type GraphContext, requireOwner } from '../graph/context.js'
import { addResultOf } from '../graph/add-result.js'
import type { OwnerIdentity } from './authenticate-owner.js'
import { changePassword } from './change-password.js'
import type { OwnerRefs } from './owner-type.js'
import { limitAttempts } from './limit-attempts.js'
import { logIn } from './log-in.js'
import { logOut } from './log-out.js'
import type { Session } from './open-session.js'
import { readEmail } from './read-email.js'
import { register } from './register.js'

export const RATE_LIMITED = 'There were too many attempts, or the hub is busy with other passwords; try again later.'
export const WEAK_PASSWORD = 'The password has fewer than 10 characters or more than 256.'

export function addSessionMutations(builder: Builder, refs: OwnerRefs): void {
  addRegister(builder, refs)
  addLogIn(builder, refs)
  addLogOut(builder)
  addChangePassword(builder, refs)
}

function addRegister(builder: Builder, refs: OwnerRefs): void {
  const success = addSession<'registered'>(
    builder,
    refs,
    'RegisterSuccess',
    'The caller is an owner now, and logged in.',
  )
  const result = addResultOf(
    builder,
    'Register',
    success,
    {
      REGISTRATION_CLOSED: 'The operator makes owners; strangers cannot register here.',
      INVALID_EMAIL: 'The email address is not of the usual form.',
      WEAK_PASSWORD,
      EMAIL_TAKEN: 'There is an owner with this email address.',
      RATE_LIMITED,
    },
    'TOLD',
  )
  builder.mutationField('register', (t) =>
    t.field({
      audience: 'EVERYONE',
      type: result,
      description: 'Makes the caller an owner. For anybody, where the operator has opened registration.',
      args: {
        email: t.arg.string({ description: 'What to log in with.' }),
        password: t.arg.string({ description: 'From 10 to 256 characters.' }),
      },
      resolve: (_root, input, context) => {
        const attempt = () => register(context, input)
        if (context.settings.registration !== 'open') return attempt()
        return limitAttempts(context, { of: 'SIGNUPS', account: `new ${accountOf(input.email)}` }, attempt)
      },
    }),
  )
}

function addLogIn(builder: Builder, refs: OwnerRefs): void {
  const success = addSession<'loggedIn'>(builder, refs, 'LogInSuccess', 'The caller is logged in.')
  const result = addResultOf(
    builder,
    'LogIn',
    success,
    {
      WRONG_CREDENTIALS: 'No owner has this email address and this password; which of them is wrong is not told.',
      RATE_LIMITED,
    },
    'TOLD',
  )
  builder.mutationField('logIn', (t) =>
    t.field({
      audience: 'EVERYONE',
      type: result,
      description: 'Opens a session of 30 days. For anybody.',
      args: {
        email: t.arg.string({ description: "The owner's email address." }),
        password: t.arg.string({ description: "The owner's password." }),
      },
      resolve: (_root, input, context) =>
        limitAttempts(context, { of: 'LOG_INS', account: accountOf(input.email) }, () => logIn(context, input)),
    }),
  )
}

function addLogOut(builder: Builder): void {
  const success = builder.objectRef<{ kind: 'loggedOut'; at: Date }>('LogOutSuccess').implement({
    description: 'The session has ended; its token works no more.',
    fields: (t) => ({
      loggedOutAt: t.expose('at', { type: 'DateTime', description: 'When it ended.' }),
    }),
  })
  const result = addResultOf(builder, 'LogOut', success, {
    NO_SESSION: 'The caller came with an API token, or the session has ended already.',
  })
  builder.mutationField('logOut', (t) =>
    t.field({
      audience: 'OWNER',
      type: result,
      description: 'Ends the log-in session that the caller came with.',
      resolve: (_root, _arguments, context) => logOut(context, requireOwnerIdentity(context)),
    }),
  )
}

function addChangePassword(builder: Builder, { user }: OwnerRefs): void {
  const success = builder.objectRef<{ kind: 'changed'; user: User }>('ChangePasswordSuccess').implement({
    description: 'The owner has the new password, and every other log-in session has ended.',
    fields: (t) => ({
      user: t.field({ type: user, description: 'The owner.', resolve: (outcome) => outcome.user }),
    }),
  })
  const result = addResultOf(
    builder,
    'ChangePassword',
    success,
    {
      WRONG_PASSWORD: 'The current password is missing or wrong.',
      WEAK_PASSWORD,
      RATE_LIMITED,
    },
    'TOLD',
  )
  builder.mutationField('changePassword', (t) =>
    t.field({
      audience: 'OWNER',
      type: result,
      description: "Changes the caller's password and ends their other log-in sessions; API tokens stay.",
      args: {
        currentPassword: t.arg.string({
          required: false,
          description: 'The password until now; null for an owner who has none.',
        }),
        newPassword: t.arg.string({ description: 'From 10 to 256 characters.' }),
      },
      resolve: (_root, { currentPassword, newPassword }, context) => {
        const identity = requireOwnerIdentity(context)
        return limitAttempts(context, { of: 'LOG_INS', account: identity.userId }, () =>
          changePassword(context, { identity, currentPassword: currentPassword ?? null, newPassword }),
        )
      },
    }),
  )
}

function addSession<Kind extends string>(builder: Builder, { user }: OwnerRefs, name: string, description: string) {
  return builder.objectRef<{ kind: Kind; user: User } & Session>(name).implement({
    description,
    fields: (t) => ({
      user: t.field({ type: user, description: 'The owner.', resolve: (outcome) => outcome.user }),
      token: t.string({
        description: 'Goes into `Authorization: Bearer <token>`. It is not shown again.',
        resolve: (outcome) => outcome.token,
      }),
      expiresAt: t.field({
        type: 'DateTime',
        description: 'When the session ends by itself, after 30 days.',
        resolve: (outcome) => outcome.expiresAt,
      }),
    }),
  })
}

/** What an account is called, however it is spelt. */
function accountOf(email: string): string {
  return readEmail(email) ?? email
}

/** @throws UNAUTHENTICATED for anybody but an owner. */
function requireOwnerIdentity(context: GraphContext): OwnerIdentity {
  requireOwner(context)
  return context.identity as OwnerIdentity
}
