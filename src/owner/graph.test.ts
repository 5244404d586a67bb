import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { createBuilder } from '../graph/create-builder.js'
import { ownerIn } from '../graph/actor.js'
import { ANONYMOUS, type Identity } from '../graph/identity.js'
import { authenticateOwner } from './authenticate-owner.js'
import { addOwnerGraph } from './graph.js'
import { ask, createTestParts, undescribed } from '../testing/owner/parts.js'

const parts = await createTestParts(inject('template'))
afterAll(() => parts.store.close())
const builder = createBuilder()
const { user } = addOwnerGraph(builder)
builder.queryField('self', (t) =>
  t.field({
    audience: 'OWNER',
    type: user,
    description: 'The caller.',
    resolve: (_root, _arguments, context) =>
      context.store.prisma.user.findUniqueOrThrow({ where: { id: ownerIn(context).userId } }),
  }),
)
builder.subscriptionField('nothing', (t) =>
  t.boolean({
    audience: 'EVERYONE',
    description: 'Owners have no subscription, and a schema must not have an empty one.',
    subscribe: async function* () {
      yield true
    },
    resolve: () => true,
  }),
)
const schema = builder.toSchema()
const OPERATOR: Identity = { kind: 'operator' }
const PASSWORD = 'correct horse battery'
const NEXT = 'another horse battery'
const MESSAGE = expect.stringMatching(/^\w.+\.$/)
let ada: Identity

type Outcome = Record<string, { token: string; id: string; apiToken: { id: string } }>

function as(identity: Identity, source: string, variables: Record<string, unknown> = {}) {
  return ask<Outcome>(schema, parts, identity, source, variables)
}

async function identify(token: string | undefined): Promise<Identity> {
  return (await authenticateOwner(parts, token ?? '')) ?? ANONYMOUS
}

const CREATE_OWNER = `mutation ($email: String!, $password: String) { createOwner(input: { email: $email, password: $password }) {
  ... on CreateOwnerSuccess { token user { email hasPassword apiTokens { name } } } ... on CreateOwnerRefused { reason message }
} }`
const REGISTER = `mutation { register(input: { email: "eve@example.com", password: "${PASSWORD}" }) {
  ... on RegisterSuccess { token expiresAt user { email } } ... on RegisterRefused { reason message }
} }`
const LOG_IN = `mutation ($email: String!, $password: String!) { logIn(input: { email: $email, password: $password }) {
  ... on LogInSuccess { token expiresAt user { email } } ... on LogInRefused { reason message }
} }`
const LOG_OUT = 'mutation { logOut { ... on LogOutSuccess { loggedOutAt } ... on LogOutRefused { reason message } } }'
const CHANGE_PASSWORD = `mutation ($current: String, $new: String!) { changePassword(input: { currentPassword: $current, newPassword: $new }) {
  ... on ChangePasswordSuccess { user { email } } ... on ChangePasswordRefused { reason message }
} }`
const CREATE_TOKEN = `mutation ($name: String!) { createApiToken(input: { name: $name }) {
  ... on CreateApiTokenSuccess { token apiToken { id name createdAt lastUsedAt } } ... on CreateApiTokenRefused { reason message }
} }`
const REVOKE_TOKEN = `mutation ($id: ID!) { revokeApiToken(id: $id) {
  ... on RevokeApiTokenSuccess { id revokedAt } ... on RevokeApiTokenRefused { reason message }
} }`

beforeAll(async () => {
  const { data } = await as(OPERATOR, CREATE_OWNER, { email: 'ada@example.com', password: PASSWORD })
  ada = await identify(data['createOwner']?.token)
})

describe('createOwner', () => {
  it('makes an owner with a token that works', async () => {
    const { data } = await as(OPERATOR, CREATE_OWNER, { email: 'bob@example.com' })
    expect(data).toEqual({
      createOwner: {
        token: expect.stringMatching(/^ovo_/),
        user: { email: 'bob@example.com', hasPassword: false, apiTokens: [{ name: 'from the operator' }] },
      },
    })
    expect(await identify(data['createOwner']?.token)).toMatchObject({ kind: 'owner' })
  })

  it('refuses as data', async () => {
    expect((await as(OPERATOR, CREATE_OWNER, { email: 'ada@example.com' })).data).toEqual({
      createOwner: { reason: 'EMAIL_TAKEN', message: MESSAGE },
    })
  })

  it('is for the operator and changes nothing for others', async () => {
    const before = await parts.store.prisma.user.count()
    const codes = []
    for (const identity of [ANONYMOUS, ada]) {
      const { errors } = await as(identity, CREATE_OWNER, { email: 'mallory@example.com' })
      codes.push(errors?.[0]?.extensions['code'])
    }
    expect(codes).toEqual(['UNAUTHENTICATED', 'FORBIDDEN'])
    expect(await parts.store.prisma.user.count()).toBe(before)
  })
})

describe('sessions', () => {
  it('register where the operator lets them', async () => {
    expect((await as(ANONYMOUS, REGISTER)).data).toEqual({
      register: { reason: 'REGISTRATION_CLOSED', message: MESSAGE },
    })
    const open = { ...parts, settings: { ...parts.settings, registration: 'open' as const } }
    const { data } = await ask<Outcome>(schema, open, ANONYMOUS, REGISTER)
    expect(data['register']).toMatchObject({ user: { email: 'eve@example.com' } })
    expect(await identify(data['register']?.token)).toMatchObject({ kind: 'owner' })
  })

  it('begin, change the password and end', async () => {
    const email = 'ada@example.com'
    const { data } = await as(ANONYMOUS, LOG_IN, { email, password: PASSWORD })
    expect(data).toEqual({
      logIn: { token: expect.any(String), expiresAt: '2026-12-22T13:00:00.000Z', user: { email } },
    })
    const session = await identify(data['logIn']?.token)
    const wrong = await as(session, CHANGE_PASSWORD, { current: 'wrong', new: NEXT })
    expect(wrong.data).toEqual({ changePassword: { reason: 'WRONG_PASSWORD', message: MESSAGE } })
    const changed = await as(session, CHANGE_PASSWORD, { current: PASSWORD, new: NEXT })
    expect(changed.data).toEqual({ changePassword: { user: { email } } })
    expect((await as(ANONYMOUS, LOG_IN, { email, password: PASSWORD })).data).toEqual({
      logIn: { reason: 'WRONG_CREDENTIALS', message: MESSAGE },
    })
    expect((await as(session, LOG_OUT)).data).toEqual({ logOut: { loggedOutAt: '2026-11-22T13:00:00.000Z' } })
    expect((await as(session, LOG_OUT)).data).toEqual({ logOut: { reason: 'NO_SESSION', message: MESSAGE } })
  })
})

describe('API tokens', () => {
  const TOKENS = '{ self { email apiTokens { id name } } }'

  it('are shown once, listed while they work and revoked by their owner alone', async () => {
    const { data } = await as(ada, CREATE_TOKEN, { name: 'ci' })
    const made = data['createApiToken']
    const id = made?.apiToken.id
    expect(made).toEqual({
      token: expect.stringMatching(/^ovo_/),
      apiToken: { id, name: 'ci', createdAt: '2026-11-22T13:00:00.000Z', lastUsedAt: null },
    })
    const listed = expect.arrayContaining([{ id, name: 'ci' }])
    expect((await as(ada, TOKENS)).data).toMatchObject({ self: { apiTokens: listed } })

    const bob = await identify(
      (await as(OPERATOR, CREATE_OWNER, { email: 'b@example.com' })).data['createOwner']?.token,
    )
    expect((await as(bob, TOKENS)).data).toMatchObject({ self: { apiTokens: [{ name: 'from the operator' }] } })
    expect((await as(bob, REVOKE_TOKEN, { id })).data).toEqual({
      revokeApiToken: { reason: 'NOT_FOUND', message: MESSAGE },
    })
    expect(await identify(made?.token)).toMatchObject({ kind: 'owner' })

    expect((await as(ada, REVOKE_TOKEN, { id })).data).toEqual({
      revokeApiToken: { id, revokedAt: '2026-11-22T13:00:00.000Z' },
    })
    expect((await as(ada, TOKENS)).data).not.toMatchObject({ self: { apiTokens: listed } })
    expect(await identify(made?.token)).toEqual(ANONYMOUS)
  })

  it('refuse as data', async () => {
    expect((await as(ada, CREATE_TOKEN, { name: '' })).data).toEqual({
      createApiToken: { reason: 'INVALID_NAME', message: MESSAGE },
    })
  })
})

it.each<[string, Identity, string]>([
  ['nobody', ANONYMOUS, 'UNAUTHENTICATED'],
  ['a validator', { kind: 'validator', validatorId: '', sessionId: '' }, 'FORBIDDEN'],
  ['the operator', OPERATOR, 'FORBIDDEN'],
])("an owner's mutations are not for %s and change nothing", async (_, identity, code) => {
  const dump = () =>
    Promise.all([
      parts.store.prisma.user.findMany({ orderBy: { id: 'asc' } }),
      parts.store.prisma.apiToken.findMany({ orderBy: { id: 'asc' } }),
    ])
  const before = await dump()
  for (const [source, variables] of [
    [LOG_OUT, {}],
    [CHANGE_PASSWORD, { current: PASSWORD, new: NEXT }],
    [CREATE_TOKEN, { name: 'x' }],
    [REVOKE_TOKEN, { id: before[1][0]?.id }],
  ] as const) {
    const { errors } = await as(identity, source, variables)
    expect(errors?.[0]?.extensions['code']).toBe(code)
  }
  expect(await dump()).toEqual(before)
})

it('never shows a hash', () => {
  const fields = ['User', 'ApiToken'].flatMap((name) =>
    Object.keys((schema.getType(name) as unknown as { getFields(): object }).getFields()),
  )
  expect(fields.sort()).toEqual(
    [
      'id',
      'email',
      'hasPassword',
      'createdAt',
      'apiTokens',
      'id',
      'name',
      'readOnly',
      'createdAt',
      'lastUsedAt',
    ].sort(),
  )
})

it('describes everything', () => {
  expect(undescribed(schema)).toEqual([])
})
