import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { openReadySocket } from '../testing/raw-socket.js'
import { signUp } from '../testing/test-validator.js'
import { startManyTasks, TASKS, WEBSITES, type ManyTasks } from '../testing/session/many-tasks.js'

let { hub, connected, openDeaf, playWholeRound } = {} as ManyTasks
beforeAll(async () => {
  ;({ hub, connected, openDeaf, playWholeRound } = await startManyTasks(inject('template')))
})
afterAll(() => hub.close())

describe('10,000 websites in one round', () => {
  it('reach one honest validator completely, in events of at most 500, each with a callback of its own', async () => {
    const events = await playWholeRound()
    expect(Math.max(...events.map((tasks) => tasks.length))).toBe(500)
    const tasks = events.flat()
    expect(tasks).toHaveLength(WEBSITES)
    expect(new Set(tasks.map(({ websiteId }) => websiteId)).size).toBe(WEBSITES)
    expect(new Set(tasks.map(({ callbackId }) => callbackId)).size).toBe(WEBSITES)
    expect(new Set(tasks.map(({ startAfterMs }) => startAfterMs < 20_000)).size).toBe(1)
  })

  it('reach it as well beside peers that never read, who lose only their own sockets', async () => {
    const deaf = [await openDeaf(), await openDeaf(), await openDeaf()]
    // Half open: its kernel still takes what it is sent, and nobody is there to answer.
    const dead = await openReadySocket(hub, (await signUp(hub)).sessionToken, { pongs: false })
    dead.send({ id: 'tasks', type: 'subscribe', payload: { query: TASKS } })
    await connected(5)
    expect((await playWholeRound()).flat()).toHaveLength(WEBSITES)
    // They miss their pings, and the hub lets go of them.
    await connected(1)
    for (const raw of deaf) raw.socket.resume()
    for (const { code } of await Promise.all([...deaf, dead].map((raw) => raw.closed))) expect(code).toBe(1006)
    expect(hub.errors).toEqual([])
  })
})
