import { createSocket } from 'node:dgram'
import type { Socket } from 'node:dgram'

import { describe, expect, onTestFinished, test } from 'vitest'

import { startLife } from './check-life.js'
import { CLOSED_POLICY, measure, OPEN_POLICY, run } from '../../testing/agent/check/measure.js'
import { createDnsResolver } from './resolve-host.js'

type RecordType = 'A' | 'AAAA'
/** What a server says to a question: addresses, an error by its number, or nothing at all. */
type Say = (name: string, type: RecordType, count: number) => readonly string[] | number | null

const TYPES: Readonly<Record<number, RecordType>> = { 1: 'A', 28: 'AAAA' }
const HEADER_BYTES = 12

/** A server of the DNS on this machine, for as long as the test. */
async function serveDns(say: Say): Promise<{ server: string; questions: string[] }> {
  const socket: Socket = createSocket('udp4')
  const questions: string[] = []
  socket.on('message', (query, { port, address }) => {
    const { name, type, end } = readQuestion(query)
    questions.push(`${name} ${type}`)
    const said = say(name, type, questions.length)
    if (said !== null) socket.send(answer(query.subarray(0, end), type, said), port, address)
  })
  await new Promise<void>((resolve) => socket.bind(0, '127.0.0.1', resolve))
  onTestFinished(() => new Promise<void>((resolve) => socket.close(resolve)))
  return { server: `127.0.0.1:${socket.address().port}`, questions }
}

function readQuestion(query: Buffer): { name: string; type: RecordType; end: number } {
  const labels: string[] = []
  let at = HEADER_BYTES
  for (let length = query[at] ?? 0; length > 0; length = query[at] ?? 0) {
    labels.push(query.toString('latin1', at + 1, at + 1 + length))
    at += length + 1
  }
  return { name: labels.join('.'), type: TYPES[query.readUInt16BE(at + 1)] ?? 'A', end: at + 5 }
}

function answer(question: Buffer, type: RecordType, said: readonly string[] | number): Buffer {
  const records = typeof said === 'number' ? [] : said
  const head = Buffer.from(question)
  // A response, recursion wished and there, with its code.
  head.writeUInt16BE(0x8180 | (typeof said === 'number' ? said : 0), 2)
  head.writeUInt16BE(records.length, 6)
  head.writeUInt32BE(0, 8)
  return Buffer.concat([head, ...records.map((address) => record(type, address))])
}

/** The name by a pointer to the question's, class IN, for no second longer. */
function record(type: RecordType, address: string): Buffer {
  const data = type === 'A' ? Buffer.from(address.split('.').map(Number)) : Buffer.from(address, 'hex')
  return Buffer.concat([Buffer.from([0xc0, 0x0c, 0, type === 'A' ? 1 : 28, 0, 1, 0, 0, 0, 0, 0, data.length]), data])
}

const LOOPBACK_V6 = '00000000000000000000000000000001'
const NAME_ERROR = 3
const SERVER_FAILURE = 2
const REFUSED = 5

function life() {
  const started = startLife(60_000, undefined)
  onTestFinished(() => started.end())
  return started
}

describe('the resolver of the DNS', () => {
  test('asks for both families, or for the one that the check wants', async () => {
    const { server, questions } = await serveDns((_, type) =>
      type === 'A' ? ['192.0.2.1', '192.0.2.2'] : [LOOPBACK_V6],
    )
    const resolve = createDnsResolver([server])
    expect(await resolve('a.example', 'ANY', life())).toEqual(['192.0.2.1', '192.0.2.2', '::1'])
    expect(await resolve('b.example', 'V4', life())).toEqual(['192.0.2.1', '192.0.2.2'])
    expect(await resolve('c.example', 'V6', life())).toEqual(['::1'])
    expect(questions.toSorted()).toEqual(['a.example A', 'a.example AAAA', 'b.example A', 'c.example AAAA'])
  })

  test('one family is enough, whatever is wrong with the other', async () => {
    const { server } = await serveDns((_, type) => (type === 'A' ? ['192.0.2.1'] : REFUSED))
    expect(await createDnsResolver([server])('a.example', 'ANY', life())).toEqual(['192.0.2.1'])
  })

  test.each([
    ['no such name', () => NAME_ERROR, 'ENOTFOUND'],
    ['no records', () => [], 'ENODATA'],
    [
      'no records of one family and a fault with the other',
      (_: string, type: RecordType) => (type === 'A' ? [] : SERVER_FAILURE),
      'ESERVFAIL',
    ],
  ] as const)('%s', async (_, say, code) => {
    const { server } = await serveDns(say)
    const resolve = createDnsResolver([server])
    const { measurement } = await measure('http://a.example/', { resolveHost: resolve })
    expect(measurement).toMatchObject({ failure: 'DNS', detail: code, dnsUs: null })
  })

  test('a server that never answers is asked no more when the check is over', async () => {
    const { server, questions } = await serveDns(() => null)
    const resolveHost = createDnsResolver([server])
    const { measurement } = await measure('http://a.example/', { resolveHost, timeoutMs: 500 })
    expect(measurement).toMatchObject({ failure: 'TIMEOUT', detail: 'IN_DNS' })
    expect(questions).toHaveLength(2)
    expect(process.getActiveResourcesInfo().filter((name) => name === 'QUERYWRAP')).toEqual([])
  })

  test('names that nobody answers for do not hold up the others', async () => {
    const { server } = await serveDns((name) => (name.startsWith('dead') ? null : ['127.0.0.1']))
    const resolveHost = createDnsResolver([server])
    const dead = Array.from({ length: 100 }, (_, index) => `http://dead${index}.example/`)
    const checks = dead.map((url) => measure(url, { resolveHost, timeoutMs: 1_500 }))
    // It is answered although the others wait: that the port is closed is all there is to find.
    const { measurement } = await measure('http://alive.example:1/', { resolveHost, check: { ipVersion: 'V4' } })
    expect(measurement).toMatchObject({ failure: 'CONNECT', detail: 'ECONNREFUSED' })
    for (const check of checks) expect((await check).measurement.detail).toBe('IN_DNS')
  })

  test('knows nothing of the hosts file', async () => {
    const { server } = await serveDns(() => NAME_ERROR)
    await expect(createDnsResolver([server])('localhost', 'ANY', life())).rejects.toMatchObject({ code: 'ENOTFOUND' })
  })
})

describe('a name whose servers change their answer', () => {
  test('is asked for once a request, so that what was looked at is what is connected to', async () => {
    const { server, questions } = await serveDns((_, _type, count) => [count === 1 ? '10.0.0.1' : '127.0.0.1'])
    const resolveHost = createDnsResolver([server])
    const check = { ipVersion: 'V4' } as const
    const outcome = await run('http://rebind.example.com/', { resolveHost, check, policy: CLOSED_POLICY })
    expect(outcome).toMatchObject({ kind: 'refused', reason: 'PRIVATE_ADDRESS' })
    expect(questions).toHaveLength(1)
  })

  test.each([
    [['10.0.0.1', '192.0.2.1'], []],
    [['127.0.0.1'], [LOOPBACK_V6]],
  ])('to %j and %j: where only private addresses are left, there is no answer', async (v4, v6) => {
    const { server } = await serveDns((_, type) => (type === 'A' ? v4 : v6))
    const outcome = await run('http://a.example.com/', {
      resolveHost: createDnsResolver([server]),
      policy: CLOSED_POLICY,
    })
    expect(outcome).toMatchObject({ kind: 'refused', reason: 'PRIVATE_ADDRESS' })
  })

  test('of a mixed answer only what is allowed is connected to', async () => {
    const { server } = await serveDns(() => ['127.0.0.2', '127.0.0.1'])
    const policy = { ...OPEN_POLICY, deniedHosts: ['127.0.0.2'] }
    const check = { ipVersion: 'V4' } as const
    const resolveHost = createDnsResolver([server])
    const { measurement } = await measure('http://mixed.example:1/', { resolveHost, check, policy })
    expect(measurement).toMatchObject({ failure: 'CONNECT', detail: 'ECONNREFUSED' })
  })
})
