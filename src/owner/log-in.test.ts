import { afterAll, beforeEach, describe, expect, inject, it } from 'vitest'
import { OPERATOR, type OwnerActor } from '../graph/actor.js'
import { authenticateOwner } from './authenticate-owner.js'
import { changePassword } from './change-password.js'
import { createOwner } from './create-owner.js'
import { logIn } from './log-in.js'
import { logOut } from './log-out.js'
import { LOGIN_LIFETIME_MS } from './open-session.js'
import { addTestToken, createTestParts, ownerActor } from '../testing/owner/parts.js'

const parts = await createTestParts(inject('template'))
afterAll(() => parts.store.close())
const { prisma } = parts.store
const PASSWORD = 'correct horse battery'
const NEXT = 'another horse battery'
let email: string
let userId: string
let people = 0

beforeEach(async () => {
  people += 1
  email = `owner${people}@example.com`
  const outcome = await createOwner(parts, OPERATOR, { email, password: PASSWORD })
  if (outcome.kind !== 'created') throw new Error(outcome.message)
  userId = outcome.user.id
  await prisma.apiToken.deleteMany({ where: { userId } })
})

async function open(password = PASSWORD) {
  const outcome = await logIn(parts, { email, password })
  if (outcome.kind !== 'loggedIn') throw new Error(outcome.message)
  return outcome.token
}

async function identify(token: string): Promise<OwnerActor> {
  const identity = await authenticateOwner(parts, token)
  if (identity === null) throw new Error('not an owner')
  return ownerActor(identity.userId, identity.tokenId)
}

async function apiToken(owner = userId) {
  return (await addTestToken(parts, owner)).token
}

async function rows() {
  const user = await prisma.user.findUniqueOrThrow({ where: { id: userId }, include: { tokens: true } })
  const entries = await prisma.auditEntry.count({ where: { userId } })
  return { ...user, entries, tokens: user.tokens.map(({ id, revokedAt }) => ({ id, revokedAt })) }
}

describe('logIn', () => {
  it('opens a session of 30 days', async () => {
    const outcome = await logIn(parts, { email: email.toUpperCase(), password: PASSWORD })
    if (outcome.kind !== 'loggedIn') throw new Error(outcome.message)
    expect(outcome.user.id).toBe(userId)
    expect(outcome.expiresAt).toEqual(new Date(parts.clock.now() + LOGIN_LIFETIME_MS))
    parts.clock.advance(LOGIN_LIFETIME_MS - 1)
    expect(await authenticateOwner(parts, outcome.token)).toMatchObject({ userId })
    parts.clock.advance(1)
    expect(await authenticateOwner(parts, outcome.token)).toBeNull()
  })

  it('clears away ended sessions and nothing else', async () => {
    const ended = await open()
    await logOut(parts, await identify(ended))
    const kept = [await open(), await apiToken()]
    await open()
    expect((await rows()).tokens).toHaveLength(3)
    for (const token of kept) expect(await authenticateOwner(parts, token)).not.toBeNull()
  })

  it('says the same, after the same work, whatever is wrong', async () => {
    const tokenOnly = await createOwner(parts, OPERATOR, { email: `program${people}@example.com`, password: null })
    const before = await prisma.apiToken.count()
    const calls: (string | null)[] = []
    const passwords = {
      ...parts.passwords,
      verify: (kept: string | null, password: string) => {
        calls.push(kept)
        return parts.passwords.verify(kept, password)
      },
    }
    const attempts = [
      { email, password: 'wrong' },
      { email: 'nobody@example.com', password: PASSWORD },
      { email: `program${people}@example.com`, password: PASSWORD },
      { email: 'no address', password: PASSWORD },
      { email, password: '' },
    ]
    const answers = []
    for (const attempt of attempts) answers.push(await logIn({ ...parts, passwords }, attempt))
    expect(tokenOnly.kind).toBe('created')
    expect(answers[0]).toMatchObject({ kind: 'refused', reason: 'WRONG_CREDENTIALS' })
    for (const answer of answers) expect(answer).toEqual(answers[0])
    expect(calls.map((kept) => kept === null)).toEqual([false, true, true, true, false])
    expect(await prisma.apiToken.count()).toBe(before)
  })

  it('refuses while too many passwords wait', async () => {
    const before = await rows()
    const passwords = { ...parts.passwords, verify: async () => 'busy' as const }
    const outcome = await logIn({ ...parts, passwords }, { email, password: PASSWORD })
    expect(outcome).toMatchObject({ kind: 'refused', reason: 'RATE_LIMITED' })
    expect(await rows()).toEqual(before)
  })

  it('opens no session for a password that is changed meanwhile', async () => {
    const actor = await identify(await open())
    const passwords = {
      ...parts.passwords,
      verify: async (kept: string | null, password: string) => {
        const verdict = await parts.passwords.verify(kept, password)
        await changePassword(parts, actor, { currentPassword: PASSWORD, newPassword: NEXT })
        return verdict
      },
    }
    const outcome = await logIn({ ...parts, passwords }, { email, password: PASSWORD })
    expect(outcome).toMatchObject({ kind: 'refused', reason: 'WRONG_CREDENTIALS' })
    expect((await rows()).tokens).toHaveLength(1)
  })
})

describe('logOut', () => {
  it("ends the caller's session alone", async () => {
    const [mine, other] = [await open(), await open()]
    const actor = await identify(mine)
    expect(await logOut(parts, actor)).toEqual({ kind: 'loggedOut', at: new Date(parts.clock.now()) })
    expect(await authenticateOwner(parts, mine)).toBeNull()
    expect(await authenticateOwner(parts, other)).not.toBeNull()
    expect(await logOut(parts, actor)).toMatchObject({ kind: 'refused', reason: 'NO_SESSION' })
  })

  it('refuses an API token, which goes on working', async () => {
    const token = await apiToken()
    const actor = await identify(token)
    expect(await logOut(parts, actor)).toMatchObject({ kind: 'refused', reason: 'NO_SESSION' })
    expect(await authenticateOwner(parts, token)).toMatchObject({ tokenId: actor.tokenId })
  })
})

describe('changePassword', () => {
  it('ends the other sessions and leaves API tokens and other owners alone', async () => {
    const [mine, other, program] = [await open(), await open(), await apiToken()]
    const stranger = await createOwner(parts, OPERATOR, { email: `stranger${people}@example.com`, password: PASSWORD })
    if (stranger.kind !== 'created') throw new Error(stranger.message)
    const theirs = await logIn(parts, { email: stranger.user.email, password: PASSWORD })
    const change = { currentPassword: PASSWORD, newPassword: NEXT }
    expect(await changePassword(parts, await identify(mine), change)).toMatchObject({
      kind: 'changed',
      user: { id: userId },
    })
    expect(await authenticateOwner(parts, other)).toBeNull()
    for (const token of [mine, program]) expect(await authenticateOwner(parts, token)).not.toBeNull()
    expect(await authenticateOwner(parts, theirs.kind === 'loggedIn' ? theirs.token : '')).not.toBeNull()
    expect(await logIn(parts, { email, password: PASSWORD })).toMatchObject({ reason: 'WRONG_CREDENTIALS' })
    expect(await logIn(parts, { email, password: NEXT })).toMatchObject({ kind: 'loggedIn' })
  })

  it('gives one to an owner who has none', async () => {
    await prisma.user.update({ where: { id: userId }, data: { passwordHash: null } })
    const actor = await identify(await apiToken())
    const change = { currentPassword: null, newPassword: NEXT }
    expect(await changePassword(parts, actor, change)).toMatchObject({ kind: 'changed' })
    expect(await logIn(parts, { email, password: NEXT })).toMatchObject({ kind: 'loggedIn' })
  })

  it('carries out one of two changes at the same time', async () => {
    const actor = await identify(await open())
    const outcomes = await Promise.all(
      [NEXT, `${NEXT}!`].map((newPassword) => changePassword(parts, actor, { currentPassword: PASSWORD, newPassword })),
    )
    expect(outcomes.map(({ kind }) => kind).sort()).toEqual(['changed', 'refused'])
  })

  it.each([
    ['WRONG_PASSWORD', { currentPassword: 'wrong', newPassword: NEXT }],
    ['WRONG_PASSWORD', { currentPassword: null, newPassword: NEXT }],
    ['WEAK_PASSWORD', { currentPassword: PASSWORD, newPassword: 'short' }],
  ])('refuses and changes nothing: %s %j', async (reason, passwords) => {
    const actor = await identify(await open())
    await open()
    const before = await rows()
    expect(await changePassword(parts, actor, passwords)).toMatchObject({ kind: 'refused', reason })
    expect(await rows()).toEqual(before)
  })

  it('refuses while too many passwords wait', async () => {
    const actor = await identify(await open())
    const before = await rows()
    for (const busy of [{ verify: async () => 'busy' as const }, { hash: async () => null }]) {
      const passwords = { ...parts.passwords, ...busy }
      const change = { currentPassword: PASSWORD, newPassword: NEXT }
      const outcome = await changePassword({ ...parts, passwords }, actor, change)
      expect(outcome).toMatchObject({ kind: 'refused', reason: 'RATE_LIMITED' })
    }
    expect(await rows()).toEqual(before)
  })
})
