import { describe, expect, inject, it } from 'vitest'
import { claim } from '../testing/abstention/claim.js'
import { breakable, gated, keptOpen } from '../testing/store-wrappers.js'
import { startTestHub, type TestHub } from '../testing/test-hub.js'
import { joinHub, playOneTask } from '../testing/test-round.js'
import { openTestStore } from '../testing/test-store.js'
import { createWebsites, submitOne } from '../testing/test-validator.js'
import { eventually } from '../testing/eventually.js'
import { MINUTE_MS } from '../time.js'

const closed = ({ parts }: Pick<TestHub, 'parts'>) =>
  parts.store.prisma.round.count({ where: { closedAt: { not: null } } })
const lastOf = async ({ parts }: Pick<TestHub, 'parts'>) => (await parts.lastClosedRound())?.roundAt.getTime() ?? null

describe('a hub', () => {
  it('closes at its start what was missed while it was down, and answers meanwhile', async () => {
    const kept = await openTestStore(inject('template'))
    const first = await startTestHub(inject('template'), { overrides: { store: keptOpen(kept) } })
    await createWebsites(first, 1)
    const member = await joinHub(first)
    const [task] = await playOneTask(first, member)
    if (!task) throw new Error('no task')
    expect(await submitOne(first, member, task)).toMatchObject({ __typename: 'SubmitTickSuccess' })
    await first.close()
    expect(await kept.prisma.round.count({ where: { closedAt: null } })).toBe(1)

    first.clock.jumpTo(first.clock.now() + 60 * MINUTE_MS)
    // What every closing begins to read stays at the gate.
    const store = gated(keptOpen(kept), (text) => text.includes('FROM "RoundRoster"'))
    store.shut()
    const again = await startTestHub(inject('template'), { overrides: { store }, clock: first.clock })
    await eventually(() => expect(store.waitingCount()).toBe(1))
    const ask = () =>
      again.post(`{ websites { edges { node { status verdict { status } } } } }`, { token: first.ownerToken })
    expect((await ask()).data).toEqual({ websites: { edges: [{ node: { status: null, verdict: null } }] } })
    store.open()
    await again.parts.closer.closeDue()
    expect(await kept.prisma.round.count({ where: { closedAt: null } })).toBe(0)
    expect(await kept.prisma.verdict.findMany()).toMatchObject([{ status: 'Good', answered: 1 }])
    // The newest lies too far back to tell of now.
    expect((await ask()).data).toEqual({
      websites: { edges: [{ node: { status: null, verdict: { status: 'Good' } } }] },
    })
    expect(again.errors).toEqual([])
    await again.close()
    await kept.close()
  })

  it('closes without verdicts what was missed for longer than ticks are kept', async () => {
    const kept = await openTestStore(inject('template'))
    const first = await startTestHub(inject('template'), { overrides: { store: keptOpen(kept) } })
    await createWebsites(first, 1)
    const member = await joinHub(first)
    const [task] = await playOneTask(first, member)
    if (!task) throw new Error('no task')
    expect(await claim(first, member, [task])).toMatchObject({ taken: 1 })
    await first.close()
    first.clock.jumpTo(first.clock.now() + 30 * 24 * 60 * MINUTE_MS)
    const again = await startTestHub(inject('template'), { overrides: { store: keptOpen(kept) }, clock: first.clock })
    await again.parts.closer.closeDue()
    expect(await kept.prisma.round.count({ where: { closedAt: null } })).toBe(0)
    expect(await kept.prisma.verdict.count()).toBe(0)
    expect(await kept.prisma.abstention.count()).toBe(0)
    expect(again.errors).toEqual([])
    await again.close()
    await kept.close()
  })

  it('tries again after a pause when the database was away, and at the next deadline', async () => {
    const store = breakable(await openTestStore(inject('template')))
    const hub = await startTestHub(inject('template'), { overrides: { store } })
    await createWebsites(hub, 1)
    const member = await joinHub(hub)
    const [task] = await playOneTask(hub, member)
    store.away = true
    hub.clock.moveTo(Date.parse(task?.deadlineAt ?? '') + 1)
    await eventually(() => expect(hub.errors).toMatchObject([{ msg: 'rounds could not be closed' }]))
    store.away = false
    expect(await closed(hub)).toBe(0)
    const ended = new Promise((resolve) => hub.parts.bus.subscribe('roundEnded', resolve))
    hub.clock.advance(5_000)
    await ended
    expect(await closed(hub)).toBe(1)
    expect(await lastOf(hub)).toBe(Date.parse(task?.roundAt ?? ''))
    await hub.close()
  })

  it('tells of the rounds that another one has closed, and shows them', async () => {
    const kept = await openTestStore(inject('template'))
    const overrides = { store: keptOpen(kept) }
    const first = await startTestHub(inject('template'), { overrides })
    const second = await startTestHub(inject('template'), { overrides, clock: first.clock })
    await createWebsites(first, 1)
    const member = await joinHub(first)
    const told = { first: [] as number[], second: [] as number[] }
    const changed = { first: 0, second: 0 }
    for (const [name, { parts }] of Object.entries({ first, second }) as ['first' | 'second', TestHub][]) {
      parts.bus.subscribe('roundEnded', ({ roundAt }) => told[name].push(roundAt))
      parts.bus.subscribe('websiteChanged', ({ cause }) => (changed[name] += cause === 'ROUND_ENDED' ? 1 : 0))
    }
    const [task] = await playOneTask(first, member)
    const roundAt = Date.parse(task?.roundAt ?? '')
    await second.startRound(roundAt)
    first.clock.moveTo(roundAt + 45_001)
    await Promise.all([first.parts.closer.closeDue(), second.parts.closer.closeDue()])
    expect(told).toEqual({ first: [roundAt], second: [roundAt] })
    expect(changed).toEqual({ first: 1, second: 1 })
    expect([await lastOf(first), await lastOf(second)]).toEqual([roundAt, roundAt])
    expect(await kept.prisma.verdict.findMany()).toMatchObject([{ asked: 1, answered: 0 }])
    expect([first.errors, second.errors]).toEqual([[], []])
    await first.close()
    await second.close()
    await kept.close()
  })
})
