import type { Builder } from '../graph/builder.js'
import { fault, rateFault } from '../graph/fault.js'
import { addReasons, addRefusal } from '../graph/add-result.js'
import { importPublicKey } from '../protocol/signature-gate.js'
import { isIpAddress } from '../protocol/text-forms.js'
import { addValidatorOperation } from './operator-graph.js'
import { createChallenge } from './signup-challenge.js'
import { SIGNUP_REFUSALS } from './signup-refusals.js'
import { signup, type SignupSuccess } from './signup.js'
import { addValidatorType, type ValidatorRef, type ValidatorRefs } from './validator-type.js'

/** Characters of a self-declared text. */
const DECLARED_LENGTH_MAX = 100

/** Adds the type Validator, the way in by challenge and signup, and what operators do about it. */
export function addValidatorGraph(builder: Builder): ValidatorRefs {
  const refs = addValidatorType(builder)
  addSignup(builder, refs.validator)
  addValidatorOperation(builder, refs.validator)
  return refs
}

function addSignup(builder: Builder, validator: ValidatorRef): void {
  const challenge = builder.objectRef<{ challenge: string; expiresAt: Date }>('SignupChallenge').implement({
    description: 'A challenge that a validator signs to prove that it holds its key.',
    fields: (t) => ({
      challenge: t.exposeString('challenge', {
        description: 'The text for the `challenge` line of the signup statement.',
      }),
      expiresAt: t.expose('expiresAt', {
        type: 'DateTime',
        description: 'When it stops working, 60 s after it was made.',
      }),
    }),
  })
  const result = addSignupResult(builder, validator)
  const challengeInput = builder.inputType('CreateSignupChallengeInput', {
    description: 'The key that asks for a challenge.',
    fields: (t) => ({ publicKey: t.field({ type: 'PublicKey', description: 'The key that will sign up.' }) }),
  })
  const signupInput = addSignupInput(builder)
  builder.mutationFields((t) => ({
    createSignupChallenge: t.field({
      audience: 'EVERYONE',
      type: challenge,
      description: 'Creates a challenge for one key, valid for one successful signup.',
      args: { input: t.arg({ type: challengeInput, description: 'The key.' }) },
      resolve: async (_root, { input: { publicKey } }, context) => {
        if (importPublicKey(publicKey) === null)
          throw fault('BAD_USER_INPUT', SIGNUP_REFUSALS.BAD_KEY, { argument: 'publicKey' })
        const wait = await context.rates.take('CHALLENGES', context.rates.payerOf(context.address, publicKey))
        if (wait !== null) throw rateFault(wait)
        return createChallenge(context, publicKey)
      },
    }),
    signup: t.field({
      audience: 'EVERYONE',
      type: result,
      description: 'Registers a new key, or recognises a known one, and opens a session for it.',
      args: { input: t.arg({ type: signupInput, description: 'The signed statement, field by field.' }) },
      resolve: (_root, { input }, context) =>
        signup(context, {
          ...input,
          address: context.address,
          ip: readIp(input.ip),
          agentVersion: readDeclared('agentVersion', input.agentVersion),
          label: readDeclared('label', input.label),
          region: readDeclared('region', input.region),
        }),
    }),
  }))
}

function addSignupResult(builder: Builder, validator: ValidatorRef) {
  const success = builder.objectRef<SignupSuccess>('SignupSuccess').implement({
    description: 'The key is registered and has a session.',
    fields: (t) => ({
      validator: t.field({
        type: validator,
        description: 'The record of the key.',
        resolve: (result) => result.validator,
      }),
      sessionToken: t.exposeString('sessionToken', {
        description: 'Opens `tasks`: send it as `authorization: "Bearer …"` in connectionParams. Shown this once.',
      }),
      expiresAt: t.expose('expiresAt', {
        type: 'DateTime',
        description: 'When the token expires, 24 h from now.',
      }),
    }),
  })
  const refused = addRefusal(
    builder,
    'SignupRefused',
    '`signup` was refused and changed nothing.',
    addReasons(builder, 'SignupRefusal', 'Why `signup` was refused.', SIGNUP_REFUSALS),
  )
  return builder.unionType('SignupResult', {
    description: 'The outcome of `signup`.',
    types: [success, refused],
    resolveType: ({ kind }) => (kind === 'refused' ? refused : success),
  })
}

function addSignupInput(builder: Builder) {
  return builder.inputType('SignupInput', {
    description: 'A signup statement (PROTOCOL §2.1) by its fields, with its signature.',
    fields: (t) => ({
      publicKey: t.field({ type: 'PublicKey', description: 'The key that signs.' }),
      hub: t.string({ description: 'The origin that the validator was told to dial.' }),
      challenge: t.string({ description: 'From createSignupChallenge, for this key.' }),
      ip: t.string({
        required: false,
        description: 'The address the validator believes it has. A hint: the hub records the one it sees.',
      }),
      signature: t.field({ type: 'Signature', description: 'Over the signup statement.' }),
      protocolVersion: t.int({ defaultValue: 1, description: 'The version of the protocol that the agent speaks.' }),
      agentVersion: t.string({ required: false, description: 'Name and version of the program, self-declared.' }),
      label: t.string({ required: false, description: 'A name for people, self-declared.' }),
      region: t.string({ required: false, description: 'Where it runs, self-declared.' }),
    }),
  })
}

/** The address stands on a line of the statement, so it must be one and nothing else. */
function readIp(ip: string | null | undefined): string | null {
  if (ip == null) return null
  if (!isIpAddress(ip)) {
    throw fault('BAD_USER_INPUT', '`ip` must be an IPv4 or IPv6 address as text, or be left out.', { argument: 'ip' })
  }
  return ip
}

function readDeclared(argument: string, text: string | null | undefined): string | null {
  if (text == null) return null
  if (text.length > DECLARED_LENGTH_MAX || /\p{Cc}/u.test(text)) {
    throw fault(
      'BAD_USER_INPUT',
      `\`${argument}\` must be at most ${DECLARED_LENGTH_MAX} characters and hold no control character.`,
      {
        argument,
        limit: DECLARED_LENGTH_MAX,
      },
    )
  }
  return text
}
