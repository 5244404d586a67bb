import { afterAll, describe, expect, inject, it } from 'vitest'
import { authenticateOwner } from './authenticate-owner.js'
import { createFirstOwner } from './create-first-owner.js'
import { OPERATOR } from '../graph/actor.js'
import { createOwner } from './create-owner.js'
import type { NewOwner } from './read-new-owner.js'
import { register } from './register.js'
import { addTestToken, createTestParts } from '../testing/owner/parts.js'

const parts = await createTestParts(inject('template'))
afterAll(() => parts.store.close())
const { prisma } = parts.store
const PASSWORD = 'correct horse battery'

function everybody() {
  return Promise.all([
    prisma.user.findMany({ orderBy: { id: 'asc' } }),
    prisma.apiToken.count(),
    prisma.auditEntry.count(),
  ])
}

describe('createFirstOwner', () => {
  it('makes one owner with one token, whoever starts at the same time', async () => {
    const made = await Promise.all([createFirstOwner(parts), createFirstOwner(parts), createFirstOwner(parts)])
    const [first, ...others] = made.filter((outcome) => outcome !== null)
    expect(others).toEqual([])
    const user = await prisma.user.findFirstOrThrow({ include: { tokens: true } })
    expect(user).toMatchObject({ email: 'owner@localhost', passwordHash: null })
    expect(user.tokens).toMatchObject([{ kind: 'API', name: 'first start', expiresAt: null }])
    expect(await authenticateOwner(parts, first?.token ?? '')).toMatchObject({ userId: user.id })
    expect(await createFirstOwner(parts)).toBeNull()
  })
})

describe('createOwner', () => {
  it('makes an owner, with a password or without', async () => {
    const createdAt = new Date(parts.clock.now())
    const ada = await createOwner(parts, OPERATOR, { email: ' Ada@Example.com', password: PASSWORD })
    expect(ada).toMatchObject({ kind: 'created', user: { email: 'ada@example.com', createdAt } })
    const bob = await createOwner(parts, OPERATOR, { email: 'bob@example.com', password: null })
    if (bob.kind !== 'created') throw new Error(bob.message)
    expect(bob.user.passwordHash).toBeNull()
    expect(await authenticateOwner(parts, bob.token)).toMatchObject({ kind: 'owner', userId: bob.user.id })
  })

  it('makes one of many with the same address', async () => {
    const outcomes = await Promise.all(
      Array.from({ length: 5 }, () => createOwner(parts, OPERATOR, { email: 'many@example.com', password: PASSWORD })),
    )
    expect(outcomes.map((outcome) => (outcome.kind === 'refused' ? outcome.reason : outcome.kind)).sort()).toEqual([
      ...Array.from({ length: 4 }, () => 'EMAIL_TAKEN'),
      'created',
    ])
  })

  it.each<[string, NewOwner]>([
    ['INVALID_EMAIL', { email: 'ada', password: PASSWORD }],
    ['WEAK_PASSWORD', { email: 'new@example.com', password: '123456789' }],
    ['WEAK_PASSWORD', { email: 'new@example.com', password: 'a'.repeat(257) }],
    ['EMAIL_TAKEN', { email: 'ADA@example.com', password: PASSWORD }],
  ])('refuses and changes nothing: %s %j', async (reason, input) => {
    const before = await everybody()
    expect(await createOwner(parts, OPERATOR, input)).toMatchObject({ kind: 'refused', reason })
    expect(await everybody()).toEqual(before)
  })

  it('says everything that is wrong at once, each with its field', async () => {
    const before = await everybody()
    const outcome = await createOwner(parts, OPERATOR, { email: 'ada', password: 'short' })
    expect(outcome).toMatchObject({
      kind: 'refused',
      reason: 'INVALID_EMAIL',
      field: 'email',
      faults: [
        { reason: 'INVALID_EMAIL', field: 'email' },
        { reason: 'WEAK_PASSWORD', field: 'password' },
      ],
    })
    expect(await everybody()).toEqual(before)
  })

  it('refuses while too many passwords wait', async () => {
    const before = await everybody()
    const passwords = { ...parts.passwords, hash: async () => null }
    const outcome = await createOwner({ ...parts, passwords }, OPERATOR, {
      email: 'new@example.com',
      password: PASSWORD,
    })
    expect(outcome).toMatchObject({ kind: 'refused', reason: 'RATE_LIMITED' })
    expect(await everybody()).toEqual(before)
  })
})

describe('register', () => {
  const open = { ...parts, settings: { ...parts.settings, registration: 'open' as const } }

  it('makes an owner who is logged in', async () => {
    const outcome = await register(open, { email: 'eve@example.com', password: PASSWORD })
    if (outcome.kind !== 'registered') throw new Error(outcome.message)
    expect(outcome.expiresAt).toEqual(new Date(parts.clock.now() + 30 * 86_400_000))
    expect(await authenticateOwner(parts, outcome.token)).toMatchObject({ userId: outcome.user.id })
  })

  it('refuses while registration is closed and changes nothing', async () => {
    const before = await everybody()
    const outcome = await register(parts, { email: 'mallory@example.com', password: PASSWORD })
    expect(outcome).toMatchObject({ kind: 'refused', reason: 'REGISTRATION_CLOSED' })
    expect(await everybody()).toEqual(before)
  })

  it.each([
    ['INVALID_EMAIL', { email: '@', password: PASSWORD }],
    ['WEAK_PASSWORD', { email: 'new@example.com', password: '' }],
    ['EMAIL_TAKEN', { email: 'eve@example.com', password: PASSWORD }],
  ])('refuses and changes nothing: %s', async (reason, input) => {
    const before = await everybody()
    expect(await register(open, input)).toMatchObject({ kind: 'refused', reason })
    expect(await everybody()).toEqual(before)
  })
})

it('keeps neither passwords nor tokens', async () => {
  const { token } = await addTestToken(parts, (await prisma.user.findFirstOrThrow()).id)
  const rows = await parts.store.sql.query<{ text: string }>(
    `SELECT u::text AS text FROM "User" u UNION ALL SELECT t::text FROM "ApiToken" t`,
  )
  const everything = rows.map(({ text }) => text).join('\n')
  const secret = Buffer.from(token.slice('ovo_'.length), 'base64url')
  for (const encoding of ['utf8', 'hex', 'base64', 'base64url'] as const) {
    expect(everything).not.toContain(Buffer.from(PASSWORD).toString(encoding))
    expect(everything).not.toContain(Buffer.from(token).toString(encoding))
  }
  expect(everything).not.toContain(secret.toString('hex'))
  expect(everything).toContain('$scrypt$')
})
