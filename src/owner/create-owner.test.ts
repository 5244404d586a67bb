import { afterAll, describe, expect, inject, it } from 'vitest'
import { authenticateOwner } from './authenticate-owner.js'
import { createFirstOwner } from './create-first-owner.js'
import { createOwner, type NewOwner } from './create-owner.js'
import { createOwnerToken } from './create-owner-token.js'
import { register } from './register.js'
import { createTestParts } from '../testing/owner/parts.js'

const parts = await createTestParts(inject('template'))
afterAll(() => parts.store.close())
const { prisma } = parts.store
const PASSWORD = 'correct horse battery'

function everybody() {
  return Promise.all([prisma.user.findMany({ orderBy: { id: 'asc' } }), prisma.apiToken.count()])
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
    const ada = await createOwner(parts, { email: ' Ada@Example.com', password: PASSWORD })
    expect(ada).toMatchObject({ kind: 'created', user: { email: 'ada@example.com', createdAt } })
    const bob = await createOwner(parts, { email: 'bob@example.com', password: null })
    if (bob.kind !== 'created') throw new Error(bob.message)
    expect(bob.user.passwordHash).toBeNull()
    const { token } = await createOwnerToken(parts, { userId: bob.user.id, name: 'console' })
    expect(await authenticateOwner(parts, token)).toMatchObject({ kind: 'owner', userId: bob.user.id })
  })

  it('makes one of many with the same address', async () => {
    const outcomes = await Promise.all(
      Array.from({ length: 5 }, () => createOwner(parts, { email: 'many@example.com', password: PASSWORD })),
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
    expect(await createOwner(parts, input)).toMatchObject({ kind: 'refused', reason })
    expect(await everybody()).toEqual(before)
  })

  it('refuses while too many passwords wait', async () => {
    const before = await everybody()
    const passwords = { ...parts.passwords, hash: async () => null }
    const outcome = await createOwner({ ...parts, passwords }, { email: 'new@example.com', password: PASSWORD })
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
  const { token } = await createOwnerToken(parts, { userId: (await prisma.user.findFirstOrThrow()).id, name: 'x' })
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
