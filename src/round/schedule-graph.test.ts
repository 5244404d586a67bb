import { afterAll, beforeAll, expect, inject, it } from 'vitest'
import { eventually } from '../testing/eventually.js'
import { startTestHub, type TestHub } from '../testing/test-hub.js'
import { joinHub, playRound } from '../testing/test-round.js'
import { createWebsites } from '../testing/test-validator.js'

let hub: TestHub
beforeAll(async () => {
  hub = await startTestHub(inject('template'))
  await createWebsites(hub, 1)
})
afterAll(() => hub.close())

const instant = (ms: number) => new Date(ms).toISOString()

async function read() {
  const query = '{ now schedule { nextRoundAt current { roundAt deadlineAt } } }'
  const { data, errors } = await hub.post<{ now: string; schedule: object }>(query, { token: hub.ownerToken })
  expect(errors).toBeUndefined()
  return { now: data?.now, ...data?.schedule }
}

it('tells the next round, and the one under way until its verdicts are there', async () => {
  const start = hub.clock.now()
  hub.clock.advance(20_000)
  expect(await read()).toEqual({ now: instant(start + 20_000), nextRoundAt: instant(start + 60_000), current: null })
  hub.clock.moveTo(start)
  const member = await joinHub(hub)
  await playRound(hub, member)
  const roundAt = start + 60_000
  const current = { roundAt: instant(roundAt), deadlineAt: instant(roundAt + 45_000) }
  expect(await read()).toEqual({ now: instant(roundAt), nextRoundAt: instant(roundAt + 60_000), current })
  hub.clock.moveTo(roundAt + 45_001)
  await eventually(async () => expect(await read()).toMatchObject({ current: null }))
  expect(await read()).toMatchObject({ nextRoundAt: instant(roundAt + 60_000) })
  await member.socket.close()
  expect(hub.errors).toEqual([])
})

it('tells of rounds that other hubs on the database have begun, and not of one in the future', async () => {
  const { prisma } = hub.parts.store
  const at = hub.clock.now()
  const row = { intervalMs: 60_000, keyId: hub.parts.keys.newest.id }
  await prisma.round.create({ data: { ...row, roundAt: new Date(at), deadlineAt: new Date(at + 45_000) } })
  await prisma.round.create({ data: { ...row, roundAt: new Date(at + 1), deadlineAt: new Date(at + 45_001) } })
  expect(await read()).toMatchObject({ current: { roundAt: instant(at) } })
})
