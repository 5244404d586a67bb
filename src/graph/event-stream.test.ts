import { describe, expect, it } from 'vitest'
import { type EventSource, EventStream } from './event-stream.js'

/** `hear` reports a change; `reads` holds what the stream has asked for and not got yet. */
function createSource(pages: string[][] = [], pendingMax = 10) {
  let hearing: ((key: string, change: string) => void) | null = null
  const reads: { key: string; answer: (event: string | null) => void; fail: (error: Error) => void }[] = []
  const source: EventSource<string, string> = {
    listen: (hear) => {
      hearing = hear
      return () => {
        hearing = null
      }
    },
    readPage: async () => pages.shift() ?? [],
    merge: (older, newer) => `${older}+${newer}`,
    readChange: (key, change) =>
      new Promise((resolve, reject) => {
        const answer = (event: string | null) => resolve(event === null ? null : `${key} ${change} ${event}`)
        reads.push({ key, answer, fail: reject })
      }),
    pendingMax,
  }
  return {
    source,
    reads,
    hear: (key: string, change: string) => hearing?.(key, change),
    listening: () => hearing !== null,
  }
}

/** Runs everything that waits for nothing from outside. */
async function settle() {
  await new Promise((resolve) => setImmediate(resolve))
}

const done = { value: undefined, done: true }
const told = (value: string) => ({ value, done: false })

describe('EventStream', () => {
  it('tells what is there, page by page as it is asked for, then changes', async () => {
    const pages = [['a', 'b'], ['c']]
    const { source, reads, hear } = createSource(pages)
    const stream = new EventStream(source)
    hear('k', 'changed')
    expect(await stream.next()).toEqual(told('a'))
    expect(pages).toHaveLength(1)
    expect(await stream.next()).toEqual(told('b'))
    expect(await stream.next()).toEqual(told('c'))
    const next = stream.next()
    await settle()
    reads[0]?.answer('now')
    expect(await next).toEqual(told('k changed now'))
    await stream.return()
  })

  it('wakes a peer that waits', async () => {
    const { source, reads, hear } = createSource()
    const stream = new EventStream(source)
    const next = stream.next()
    await settle()
    hear('k', 'changed')
    await settle()
    reads[0]?.answer('now')
    expect(await next).toEqual(told('k changed now'))
    await stream.return()
  })

  it('keeps one change a key, in the order of the keys, and looks it up only when asked', async () => {
    const { source, reads, hear } = createSource()
    const stream = new EventStream(source)
    for (const [key, change] of [
      ['a', '1'],
      ['b', '2'],
      ['a', '3'],
    ] as const) {
      hear(key, change)
    }
    await settle()
    expect(reads).toEqual([])
    const first = stream.next()
    await settle()
    hear('a', '4')
    reads[0]?.answer('now')
    expect(await first).toEqual(told('a 1+3 now'))
    const rest = [stream.next(), stream.next()]
    await settle()
    reads[1]?.answer('now')
    await settle()
    reads[2]?.answer('now')
    expect(await Promise.all(rest)).toEqual([told('b 2 now'), told('a 4 now')])
    await stream.return()
  })

  it('passes over what there is nothing left to tell of', async () => {
    const { source, reads, hear } = createSource()
    const stream = new EventStream(source)
    const next = stream.next()
    hear('a', '1')
    hear('b', '2')
    await settle()
    reads[0]?.answer(null)
    await settle()
    reads[1]?.answer('now')
    expect(await next).toEqual(told('b 2 now'))
    await stream.return()
  })

  it.each(['while idle', 'while it reads'])('ends at once %s, and stops listening', async (when) => {
    const { source, reads, hear, listening } = createSource()
    const stream = new EventStream(source)
    const waiting = [stream.next(), stream.next()]
    await settle()
    if (when === 'while it reads') hear('a', '1')
    await settle()
    expect(listening()).toBe(true)
    expect(await stream.return()).toEqual(done)
    expect(await Promise.all(waiting)).toEqual([done, done])
    expect(listening()).toBe(false)
    reads[0]?.answer('late')
    await settle()
    expect(await stream.next()).toEqual(done)
    expect(await stream.return()).toEqual(done)
  })

  it('ends in a for loop that is left', async () => {
    const { source, listening } = createSource([['a', 'b']])
    for await (const event of new EventStream(source)) {
      expect(event).toBe('a')
      break
    }
    expect(listening()).toBe(false)
  })

  it('fails once when it cannot read, then is over', async () => {
    const { source, reads, hear, listening } = createSource()
    const stream = new EventStream(source)
    const waiting = [stream.next(), stream.next()]
    hear('a', '1')
    await settle()
    reads[0]?.fail(new Error('no database'))
    expect(await Promise.allSettled(waiting)).toMatchObject([
      { status: 'rejected', reason: new Error('no database') },
      { status: 'fulfilled', value: done },
    ])
    expect(listening()).toBe(false)
    expect(await stream.next()).toEqual(done)
  })

  it('fails a peer that lets too much wait, and holds no more of it', async () => {
    const { source, hear, listening } = createSource([['a']], 3)
    const stream = new EventStream(source)
    for (const key of ['1', '2', '3']) hear(key, 'changed')
    expect(listening()).toBe(true)
    hear('4', 'changed')
    expect(listening()).toBe(false)
    await expect(stream.next()).rejects.toMatchObject({ extensions: { code: 'UNAVAILABLE' } })
    expect(await stream.next()).toEqual(done)
  })

  it('ends when an error is thrown into it', async () => {
    const { source, listening } = createSource()
    const stream = new EventStream(source)
    await expect(stream.throw(new Error('gone'))).rejects.toThrow('gone')
    expect(listening()).toBe(false)
  })
})
