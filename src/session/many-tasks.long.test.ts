import { once } from 'node:events'
import http from 'node:http'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { signUp, type WireTask } from '../testing/test-validator.js'
import { startManyTasks, TASKS, WEBSITES, type ManyTasks } from '../testing/session/many-tasks.js'

let { hub, connected, openDeaf, playWholeRound } = {} as ManyTasks
beforeAll(async () => {
  ;({ hub, connected, openDeaf, playWholeRound } = await startManyTasks(inject('template')))
})
afterAll(() => hub.close())

describe('10,000 websites in one round', () => {
  it('wait as cursors, not as messages, for a peer that reads nothing and yet sends pongs', async () => {
    const raw = await openDeaf()
    const pongs = setInterval(() => raw.socket.pong(), 500)
    const rounds: string[] = []
    for (let round = 0; round < 6; round++) {
      expect((await playWholeRound()).flat()).toHaveLength(WEBSITES)
      rounds.push(new Date(hub.clock.now()).toISOString())
    }
    expect(hub.parts.sessions.count()).toBe(2)
    raw.socket.resume()
    // What the kernel took before it was full comes first, then the newest round whole: of those between nothing was kept.
    const received = new Map(rounds.map((roundAt) => [roundAt, 0]))
    const newest = rounds.at(-1) ?? ''
    while ((received.get(newest) ?? 0) < WEBSITES) {
      const { payload } = await raw.next()
      for (const { roundAt } of (payload as { data: { tasks: WireTask[] } }).data.tasks) {
        received.set(roundAt, (received.get(roundAt) ?? 0) + 1)
      }
    }
    expect(received.get(newest)).toBe(WEBSITES)
    expect(received.get(rounds.at(-2) ?? '')).toBe(0)
    clearInterval(pongs)
    await raw.close()
    await connected(1)
  })

  it('wait likewise for a reader of server-sent events that stops', async () => {
    const { sessionToken } = await signUp(hub)
    const request = http.request(`${hub.url}/graphql`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        accept: 'text/event-stream',
        authorization: `Bearer ${sessionToken}`,
      },
    })
    request.end(JSON.stringify({ query: TASKS }))
    const [response] = (await once(request, 'response')) as [http.IncomingMessage]
    await connected(2)
    const rounds: string[] = []
    for (let round = 0; round < 6; round++) {
      expect((await playWholeRound()).flat()).toHaveLength(WEBSITES)
      rounds.push(new Date(hub.clock.now()).toISOString())
    }
    const count = (text: string, roundAt: string | undefined) => text.split(`"roundAt":"${roundAt}"`).length - 1
    let text = ''
    for await (const chunk of response) {
      text += String(chunk)
      if (count(text.slice(-1_000_000), rounds.at(-1)) > 0) break
    }
    expect(count(text, rounds.at(-2))).toBe(0)
    request.destroy()
    await connected(1)
  })

  it('cannot be made to fill the hub by a peer that asks on and on without reading', async () => {
    const raw = await openDeaf()
    const pongs = setInterval(() => raw.socket.pong(), 500)
    const query = `{ ${Array.from({ length: 40 }, (_, n) => `s${n}: __schema { types { name description } }`).join(' ')} }`
    for (let index = 0; index < 60; index++) {
      raw.send({ id: `q${index}`, type: 'subscribe', payload: { query } })
    }
    await connected(1)
    clearInterval(pongs)
    raw.socket.resume()
    expect(await raw.closed).toMatchObject({ code: 1006 })
    expect((await playWholeRound()).flat()).toHaveLength(WEBSITES)
    expect(hub.errors).toEqual([])
  })
})
