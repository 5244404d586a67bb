import { afterAll, beforeEach, describe, expect, inject, it } from 'vitest'
import { authenticateOwner } from './authenticate-owner.js'
import { createApiToken } from './create-api-token.js'
import { revokeApiToken } from './revoke-api-token.js'
import { addTestUser, countOperations, createTestParts, ownerActor } from '../testing/owner/parts.js'

const parts = await createTestParts(inject('template'))
afterAll(() => parts.store.close())
const { prisma } = parts.store
let userId: string
let people = 0

beforeEach(async () => {
  people += 1
  userId = await addTestUser(parts, `owner${people}@example.com`)
})

async function create(name = 'program') {
  const outcome = await createApiToken(parts, ownerActor(userId), { name, readOnly: false })
  if (outcome.kind !== 'created') throw new Error(outcome.message)
  return outcome
}

describe('createApiToken', () => {
  it('makes tokens that work until they are revoked', async () => {
    const { token, apiToken } = await create(' program ')
    expect(apiToken).toMatchObject({ name: 'program', kind: 'API', expiresAt: null, lastUsedAt: null })
    parts.clock.advance(1_000 * 86_400_000)
    expect(await authenticateOwner(parts, token)).toEqual({
      kind: 'owner',
      userId,
      tokenId: apiToken.id,
      access: 'FULL',
    })
    const revokedAt = new Date(parts.clock.now())
    const { id } = apiToken
    expect(await revokeApiToken(parts, ownerActor(userId), id)).toEqual({ kind: 'revoked', id, revokedAt })
    expect(await authenticateOwner(parts, token)).toBeNull()
  })

  it.each(['', ' ', 'a'.repeat(101), 'a\nb'])('refuses the name %j and changes nothing', async (name) => {
    expect(await createApiToken(parts, ownerActor(userId), { name, readOnly: false })).toMatchObject({
      kind: 'refused',
      reason: 'INVALID_NAME',
    })
    expect(await prisma.apiToken.count({ where: { userId } })).toBe(0)
  })

  it('stops at 100 that work, also when many are made at once', async () => {
    const outcomes = await Promise.all(
      Array.from({ length: 105 }, () =>
        createApiToken(parts, ownerActor(userId), { name: 'program', readOnly: false }),
      ),
    )
    expect(outcomes.filter(({ kind }) => kind === 'created')).toHaveLength(100)
    expect(outcomes.find(({ kind }) => kind === 'refused')).toMatchObject({ reason: 'TOO_MANY_TOKENS' })
    expect(await prisma.apiToken.count({ where: { userId } })).toBe(100)
    const { id } = await prisma.apiToken.findFirstOrThrow({ where: { userId } })
    await revokeApiToken(parts, ownerActor(userId), id)
    await create()
  })
})

describe('revokeApiToken', () => {
  it("refuses somebody else's, a session, a revoked one and what is none, all alike", async () => {
    const strangerId = await addTestUser(parts, `stranger${people}@example.com`)
    const { token, apiToken } = await create()
    const gone = await create()
    await revokeApiToken(parts, ownerActor(userId), gone.apiToken.id)
    const session = await prisma.apiToken.create({
      data: { userId, kind: 'SESSION', name: 'log-in', hash: Buffer.from(`session${people}`) },
    })
    const before = await prisma.apiToken.findMany({ orderBy: { id: 'asc' } })
    const answers = await Promise.all([
      revokeApiToken(parts, ownerActor(strangerId), apiToken.id),
      revokeApiToken(parts, ownerActor(userId), session.id),
      revokeApiToken(parts, ownerActor(userId), gone.apiToken.id),
      revokeApiToken(parts, ownerActor(userId), '01900000-0000-7000-8000-000000000000'),
      revokeApiToken(parts, ownerActor(userId), 'x'),
    ])
    expect(answers[0]).toMatchObject({ kind: 'refused', reason: 'NOT_FOUND' })
    for (const answer of answers) expect(answer).toEqual(answers[0])
    expect(await prisma.apiToken.findMany({ orderBy: { id: 'asc' } })).toEqual(before)
    expect(await authenticateOwner(parts, token)).not.toBeNull()
  })
})

describe('authenticateOwner', () => {
  it('writes down the use once a minute', async () => {
    const { token, apiToken } = await create()
    const lastUsedAt = async () =>
      (await prisma.apiToken.findUniqueOrThrow({ where: { id: apiToken.id } })).lastUsedAt?.getTime()
    const first = parts.clock.now()
    const { store, count } = countOperations(parts.store)
    await authenticateOwner({ ...parts, store }, token)
    expect(await lastUsedAt()).toBe(first)
    expect(count()).toBe(2)
    parts.clock.advance(59_999)
    await authenticateOwner({ ...parts, store }, token)
    expect(await lastUsedAt()).toBe(first)
    expect(count()).toBe(3)
    parts.clock.advance(1)
    await authenticateOwner(parts, token)
    expect(await lastUsedAt()).toBe(first + 60_000)
  })

  it('knows no other token and asks nothing about what has not the form of one', async () => {
    const { token } = await create()
    const other = `${token.slice(0, -1)}${token.endsWith('A') ? 'B' : 'A'}`
    expect(await authenticateOwner(parts, other)).toBeNull()
    const { store, count } = countOperations(parts.store)
    for (const text of ['', 'ovo_', token.slice(4), `${token} `, 'x'.repeat(100_000)]) {
      expect(await authenticateOwner({ ...parts, store }, text)).toBeNull()
    }
    expect(count()).toBe(0)
  })
})
