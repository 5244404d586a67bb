import { afterAll, beforeEach, describe, expect, inject, it } from 'vitest'
import { OPERATOR } from '../graph/actor.js'
import { startTestHub } from '../testing/test-hub.js'
import { WIDE_RATES } from '../testing/unlimited-rates.js'
import { addTestToken, addTestUser, createTestParts, ownerActor } from '../testing/owner/parts.js'
import { DAY_MS, MINUTE_MS } from '../time.js'
import { authenticateOwner } from './authenticate-owner.js'
import { changePassword } from './change-password.js'
import { createFirstOwner } from './create-first-owner.js'
import { createLogInLink } from './create-log-in-link.js'
import { deleteExpiredTokens } from './delete-expired-tokens.js'
import { LOGIN_LIFETIME_MS } from './open-session.js'
import { redeemLogInCode } from './redeem-log-in-code.js'
import { revokeOwnerTokens } from './revoke-owner-tokens.js'

const parts = await createTestParts(inject('template'))
afterAll(() => parts.store.close())
const { prisma } = parts.store
let email: string
let userId: string
let people = 0

const first = await createFirstOwner(parts)

beforeEach(async () => {
  people += 1
  email = `owner${people}@example.com`
  userId = await addTestUser(parts, email)
})

const codeIn = (url: string) => /^http:\/\/localhost:8081\/log-in#code=(ovc_[\w-]{43})$/.exec(url)?.[1] ?? ''

async function makeCode(): Promise<string> {
  const made = await createLogInLink(parts, OPERATOR, { email })
  if (made.kind === 'refused') throw new Error(made.message)
  return codeIn(made.url)
}

const state = async () => ({
  tokens: await prisma.apiToken.count(),
  entries: await prisma.auditEntry.count(),
  codes: await prisma.logInCode.findMany({ orderBy: { hash: 'asc' } }),
})

/** Why a code is refused, which must change nothing. */
async function reasonOf(code: string): Promise<string> {
  const before = await state()
  const outcome = await redeemLogInCode(parts, { code })
  if (outcome.kind !== 'refused') throw new Error('it was not refused')
  expect(outcome.field).toBe('code')
  expect(await state()).toEqual(before)
  return outcome.reason
}

describe('a log-in link', () => {
  it('is made for the first owner', async () => {
    const opened = await redeemLogInCode(parts, { code: codeIn(first?.logInLink ?? '') })
    expect(opened).toMatchObject({ kind: 'loggedIn', user: { email: 'owner@localhost' } })
  })

  it('opens a session of 30 days, once', async () => {
    const code = await makeCode()
    const opened = await redeemLogInCode(parts, { code })
    if (opened.kind !== 'loggedIn') throw new Error(opened.message)
    expect(opened.user.id).toBe(userId)
    expect(opened.expiresAt).toEqual(new Date(parts.clock.now() + LOGIN_LIFETIME_MS))
    expect(await authenticateOwner(parts, opened.token)).toMatchObject({ userId, access: 'FULL' })
    expect(await reasonOf(code)).toBe('USED_CODE')
  })

  it('opens one session, however many redeem it at once', async () => {
    const code = await makeCode()
    const opened = await Promise.all([1, 2, 3, 4].map(() => redeemLogInCode(parts, { code })))
    expect(opened.map(({ kind }) => kind).toSorted()).toEqual(['loggedIn', 'refused', 'refused', 'refused'])
    expect(await prisma.apiToken.count({ where: { userId } })).toBe(1)
  })

  it('works for ten minutes', async () => {
    const [code, late] = [await makeCode(), await makeCode()]
    parts.clock.advance(10 * MINUTE_MS - 1)
    expect(await redeemLogInCode(parts, { code })).toMatchObject({ kind: 'loggedIn' })
    parts.clock.advance(1)
    expect(await reasonOf(late)).toBe('EXPIRED_CODE')
  })

  it.each(['', 'x', `ovc_${'A'.repeat(43)}`, `ovo_${'A'.repeat(43)}`, '\0', 'ovc_'.repeat(100_000)])(
    'is none of %.20j',
    async (code) => {
      expect(await reasonOf(code)).toBe('WRONG_CODE')
    },
  )

  it('is no token, and a token is no code', async () => {
    const code = await makeCode()
    expect(await authenticateOwner(parts, code)).toBeNull()
    expect(await reasonOf((await addTestToken(parts, userId)).token)).toBe('WRONG_CODE')
    expect(await redeemLogInCode(parts, { code })).toMatchObject({ kind: 'loggedIn' })
  })

  it('is kept as a hash only', async () => {
    const code = await makeCode()
    const rows = await parts.store.sql.query<{ row: string }>(
      `SELECT (t::text || encode(t.hash, 'escape')) AS row FROM "LogInCode" t UNION ALL SELECT t::text FROM "AuditEntry" t`,
    )
    for (const { row } of rows) expect(row).not.toContain(code.slice(4))
  })

  it('is made for owners only', async () => {
    const before = await state()
    for (const wrong of ['nobody@example.com', 'nobody', '']) {
      expect(await createLogInLink(parts, OPERATOR, { email: wrong })).toMatchObject({
        reason: 'NOT_FOUND',
        field: 'email',
      })
    }
    expect(await state()).toEqual(before)
  })

  it('ends with the tokens that the operator revokes', async () => {
    const code = await makeCode()
    await revokeOwnerTokens(parts, OPERATOR, { email })
    expect(await reasonOf(code)).toBe('WRONG_CODE')
  })

  it('ends when the password changes', async () => {
    const code = await makeCode()
    await changePassword(parts, ownerActor(userId), { currentPassword: null, newPassword: 'correct horse battery' })
    expect(await reasonOf(code)).toBe('WRONG_CODE')
  })

  it('is forgotten a day after it expired', async () => {
    const code = await makeCode()
    parts.clock.advance(DAY_MS + 10 * MINUTE_MS)
    await deleteExpiredTokens(parts)
    expect(await reasonOf(code)).toBe('EXPIRED_CODE')
    parts.clock.advance(1)
    await deleteExpiredTokens(parts)
    expect(await reasonOf(code)).toBe('WRONG_CODE')
  })
})

describe('over the API', () => {
  it('leads to the public URL, and tries are limited by address as passwords are', async () => {
    const hub = await startTestHub(inject('template'), {
      settings: { publicUrl: 'https://watch.example', rates: { ...WIDE_RATES, LOG_INS: 2 } },
    })
    const { data } = await hub.post<{ createLogInLink: { url: string; expiresAt: string } }>(
      'mutation { createLogInLink(input: { email: "owner@localhost" }) { ... on CreateLogInLinkSuccess { url expiresAt } } }',
      { token: hub.operatorToken },
    )
    const [, code = ''] = /^https:\/\/watch\.example\/log-in#code=(.+)$/.exec(data?.createLogInLink.url ?? '') ?? []
    expect(Date.parse(data?.createLogInLink.expiresAt ?? '')).toBe(hub.clock.now() + 10 * MINUTE_MS)
    const redeem = async (one: string) => {
      const answer = await hub.post<{ redeemLogInCode: object }>(
        `mutation ($code: String!) { redeemLogInCode(input: { code: $code }) {
          ... on RedeemLogInCodeSuccess { token user { email } } ... on RedeemLogInCodeRefused { reason retryAfter } } }`,
        { variables: { code: one } },
      )
      return answer.data?.redeemLogInCode
    }
    expect(await redeem('guessed')).toEqual({ reason: 'WRONG_CODE', retryAfter: null })
    expect(await redeem('guessed')).toEqual({ reason: 'WRONG_CODE', retryAfter: null })
    expect(await redeem(code)).toEqual({ reason: 'RATE_LIMITED', retryAfter: expect.any(Number) })
    expect(await hub.parts.store.prisma.logInCode.count({ where: { usedAt: { not: null } } })).toBe(0)
    expect(hub.errors).toEqual([])
    await hub.close()
  })
})
