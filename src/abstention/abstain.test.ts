import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { ABSTENTION_REASONS } from '../protocol/abstention.js'
import { ABSTAIN, claim, type ClaimAnswer } from '../testing/abstention/claim.js'
import { storedState } from '../testing/stored-state.js'
import { startTestHub, type TestHub } from '../testing/test-hub.js'
import { balanceOf, banValidator, joinHub, playRound, type TestMember } from '../testing/test-round.js'
import { createWebsites, submitOne, type WireTask } from '../testing/test-validator.js'
import { CLAIM_REJECTIONS } from './claim-rejections.js'

let hub: TestHub
let member: TestMember
let other: TestMember
beforeAll(async () => {
  hub = await startTestHub(inject('template'))
  await createWebsites(hub, 3)
  member = await joinHub(hub)
  other = await joinHub(hub)
})
afterAll(() => hub.close())

const stored = () => storedState(hub.parts.store)
const claims = () => hub.parts.store.prisma.abstention.findMany({ orderBy: [{ roundAt: 'asc' }, { websiteNo: 'asc' }] })

async function tasks(): Promise<[mine: WireTask[], others: WireTask[]]> {
  const [mine = [], others = []] = await playRound(hub, member, other)
  // The rounds before it, whose deadline has passed.
  await hub.parts.closer.closeDue()
  return [mine, others]
}

const rejection = (callbackId: string, reason: keyof typeof CLAIM_REJECTIONS) => {
  return { callbackId, reason, message: CLAIM_REJECTIONS[reason] }
}
const taken = (count: number, rejected: object[] = []) => {
  return { __typename: 'AbstainSuccess', taken: count, rejected }
}

/** Over the live socket, as agents do. */
async function claimOverSocket({ socket: { socket } }: TestMember, given: WireTask[]): Promise<ClaimAnswer> {
  const answered = new Promise<ClaimAnswer>((resolve) => {
    socket.on('message', (data) => {
      const message = JSON.parse((data as Buffer).toString('utf8')) as {
        id?: string
        payload?: { data?: { abstain: ClaimAnswer } }
      }
      if (message.id === 'claim' && message.payload?.data) resolve(message.payload.data.abstain)
    })
  })
  const variables = { input: { callbackIds: given.map(({ callbackId }) => callbackId), reason: 'STALLED' } }
  socket.send(JSON.stringify({ id: 'claim', type: 'subscribe', payload: { query: ABSTAIN, variables } }))
  return answered
}

describe('abstain', () => {
  it.each(ABSTENTION_REASONS)('takes a claim with %s, and pays nothing for it', async (reason) => {
    const [[task]] = await tasks()
    if (!task) throw new Error('no task')
    const before = await stored()
    expect(await claim(hub, member, [task], reason)).toEqual(taken(1))
    const { claims, ...rest } = await stored()
    expect({ ...rest, claims: [] }).toEqual(before)
    expect(claims).toMatchObject([{ roundAt: new Date(task.roundAt), reason }])
  })

  it('lets the first claim about a task count, in one call and in later ones', async () => {
    const [[a, b]] = await tasks()
    if (!a || !b) throw new Error('no task')
    expect(await claim(hub, member, [a, a], 'NO_RESOLVER')).toEqual(taken(1))
    expect(await claim(hub, member, [b, a], 'STALLED')).toEqual(taken(1))
    const before = await claims()
    expect(await claim(hub, member, [a, b], 'CLOCK_OFF')).toEqual(taken(0))
    expect(await claims()).toEqual(before)
    expect(
      before
        .slice(-2)
        .map(({ reason }) => reason)
        .sort(),
    ).toEqual(['NO_RESOLVER', 'STALLED'])
  })

  it('works over the socket that brings the tasks, too', async () => {
    const [mine] = await tasks()
    expect(await claimOverSocket(member, mine)).toEqual(taken(3))
  })

  it('takes none about a task that is answered already, and an answer after it counts and is paid', async () => {
    const [[a, b]] = await tasks()
    if (!a || !b) throw new Error('no task')
    const balance = await balanceOf(hub, member)
    await submitOne(hub, member, a)
    expect(await claim(hub, member, [a, b])).toEqual(taken(1))
    expect(await submitOne(hub, member, b)).toMatchObject({ __typename: 'SubmitTickSuccess' })
    expect(await balanceOf(hub, member)).toBe(balance + 200n)
    hub.clock.moveTo(Date.parse(a.deadlineAt) + 1)
    await hub.parts.closer.closeDue()
    const verdicts = await hub.parts.store.prisma.verdict.findMany({ where: { roundAt: new Date(a.roundAt) } })
    expect(verdicts.map(({ answered, abstentions }) => [answered, abstentions.length])).toEqual([
      [1, 0],
      [1, 0],
      [0, 0],
    ])
    expect(await claims()).toEqual([])
  })

  it('rejects each wrong callback ID alone, in the order sent', async () => {
    const [[a, b, c], [foreign]] = await tasks()
    if (!a || !b || !c || !foreign) throw new Error('no task')
    const forged = `${a.callbackId.slice(0, -1)}${a.callbackId.endsWith('A') ? 'B' : 'A'}`
    const ids = [
      foreign.callbackId,
      a.callbackId,
      forged,
      '',
      `${b.callbackId}=`,
      c.callbackId,
      '\u0000',
      'x'.repeat(200),
    ]
    const result = await claim(
      hub,
      member,
      ids.map((callbackId) => ({ callbackId })),
    )
    expect(result).toEqual(
      taken(2, [
        rejection(foreign.callbackId, 'NOT_YOURS'),
        ...[forged, '', `${b.callbackId}=`, '\u0000', 'x'.repeat(200)].map((id) => rejection(id, 'UNKNOWN_CALLBACK')),
      ]),
    )
    // Nobody else's task is touched: its owner can claim, and answer.
    expect(await claim(hub, other, [foreign])).toEqual(taken(1))
    expect(await submitOne(hub, other, foreign)).toMatchObject({ __typename: 'SubmitTickSuccess' })
  })

  it('takes claims at the deadline itself, and none after it', async () => {
    const [[a, b]] = await tasks()
    if (!a || !b) throw new Error('no task')
    hub.clock.moveTo(Date.parse(a.deadlineAt))
    expect(await claim(hub, member, [a])).toEqual(taken(1))
    hub.clock.advance(1)
    await hub.parts.closer.closeDue()
    const before = await stored()
    for (const later of [0, 3_700_000]) {
      hub.clock.advance(later)
      expect(await claim(hub, member, [a, b])).toEqual(
        taken(0, [rejection(a.callbackId, 'LATE'), rejection(b.callbackId, 'LATE')]),
      )
    }
    expect(await stored()).toEqual(before)
  })

  it.each([
    ['sealed', { sealedAt: new Date() }],
    ['closed', { sealedAt: new Date(), closedAt: new Date() }],
  ])('takes none about a round that another hub has %s, whose clock is ahead', async (_what, data) => {
    const [[a, b]] = await tasks()
    if (!a || !b) throw new Error('no task')
    await hub.parts.store.prisma.round.update({ where: { roundAt: new Date(a.roundAt) }, data })
    const before = await stored()
    expect(await claim(hub, member, [b, a])).toEqual(
      taken(0, [rejection(b.callbackId, 'LATE'), rejection(a.callbackId, 'LATE')]),
    )
    expect(await stored()).toEqual(before)
  })

  it('takes none about a round that was taken back', async () => {
    const [[a]] = await tasks()
    if (!a) throw new Error('no task')
    await hub.parts.store.prisma.round.delete({ where: { roundAt: new Date(a.roundAt) } })
    const before = await stored()
    expect(await claim(hub, member, [a])).toEqual(taken(0, [rejection(a.callbackId, 'LATE')]))
    expect(await stored()).toEqual(before)
  })

  it.each([0, 501])('refuses %i callback IDs by a reason, with everything that is wrong', async (count) => {
    const [[task]] = await tasks()
    if (!task) throw new Error('no task')
    const before = await stored()
    const fault = {
      reason: 'WRONG_NUMBER',
      field: 'callbackIds',
      message: `Send from 1 to 500 callbackIds, not ${count}.`,
    }
    expect(
      await claim(
        hub,
        member,
        Array.from({ length: count }, () => task),
      ),
    ).toEqual({ __typename: 'AbstainRefused', ...fault, faults: [fault], retryAfter: null })
    expect(await stored()).toEqual(before)
  })

  it('is for validators only', async () => {
    const [[task]] = await tasks()
    const before = await stored()
    const variables = { input: { callbackIds: [task?.callbackId], reason: 'STALLED' } }
    for (const token of [undefined, hub.ownerToken, hub.operatorToken]) {
      const { data, errors } = await hub.post(ABSTAIN, { variables, ...(token !== undefined && { token }) })
      expect(data ?? null).toBeNull()
      expect(errors?.[0]?.extensions).toMatchObject({ code: 'UNAUTHENTICATED' })
    }
    expect(await stored()).toEqual(before)
  })

  it('knows no other reasons', async () => {
    const [[task]] = await tasks()
    const before = await stored()
    const variables = { input: { callbackIds: [task?.callbackId], reason: 'BAD_MOOD' } }
    const { errors } = await hub.post(ABSTAIN, { variables, token: member.sessionToken })
    expect(errors?.[0]?.extensions).toMatchObject({ code: 'BAD_USER_INPUT' })
    expect(await stored()).toEqual(before)
  })
})

describe('a validator that is banned', () => {
  it('is refused, with the token that it had and over the socket that it still has', async () => {
    const banned = await joinHub(hub)
    const [mine = []] = await playRound(hub, banned)
    const before = await claims()
    // Not told to this hub, which finds out by itself within seconds.
    await hub.parts.store.prisma.validator.update({ where: { id: banned.id }, data: { bannedAt: new Date() } })
    expect(await claimOverSocket(banned, mine)).toMatchObject({ __typename: 'AbstainRefused', reason: 'BANNED' })
    await expect(claim(hub, banned, mine)).rejects.toThrow('UNAUTHENTICATED')
    await banValidator(hub, banned)
    expect(await banned.socket.closed).toBe(4403)
    expect(await claims()).toEqual(before)
  })
})
