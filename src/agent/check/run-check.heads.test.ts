import { describe, expect, test } from 'vitest'
import { serveAnswer, serveHttp } from '../../testing/agent/check/loopback.js'
import { measure, verdictOf } from '../../testing/agent/check/measure.js'

const OK = 'HTTP/1.1 200 OK\r\n'
const LENGTH = 'Content-Length: 2\r\n'
const CHUNKS = '2\r\nok\r\n0\r\n\r\n'

/** Heads that browsers take, and the body behind them. */
const ODD_HEADS: readonly [name: string, head: string, body: string][] = [
  ['a folded header', `${OK}X: a\r\n b\r\n${LENGTH}\r\n`, 'ok'],
  ['a cookie folded with a tab', `${OK}Set-Cookie: a=b;\r\n\tpath=/\r\n${LENGTH}\r\n`, 'ok'],
  ['a fold before any header', `${OK} X: a\r\n${LENGTH}\r\n`, 'ok'],
  ['a folded length', `${OK}Content-Length:\r\n 2\r\n\r\n`, 'ok'],
  ['a control byte in a cookie', `${OK}Set-Cookie: a=\u0001b\r\n${LENGTH}\r\n`, 'ok'],
  ['a delete byte', `${OK}X: a\u007fb\r\n${LENGTH}\r\n`, 'ok'],
  ['a bare carriage return', `${OK}X: a\rb\r\n${LENGTH}\r\n`, 'ok'],
  ['a length beside chunks', `${OK}Content-Length: 9\r\nTransfer-Encoding: chunked\r\n\r\n`, CHUNKS],
  ['chunks beside a length', `${OK}Transfer-Encoding: chunked\r\nContent-Length: 1\r\n\r\n`, CHUNKS],
  ['chunks said twice', `${OK}Transfer-Encoding: chunked\r\nTransfer-Encoding: Chunked\r\n\r\n`, CHUNKS],
  ['a transfer coding of none', `${OK}Transfer-Encoding: identity\r\n${LENGTH}\r\n`, 'ok'],
  ['bare line feeds', 'HTTP/1.1 200 OK\nContent-Length: 2\n\n', 'ok'],
  ['a bare line feed among others', `${OK}X: a\n${LENGTH}\n`, 'ok'],
  ['two equal lengths', `${OK}${LENGTH}${LENGTH}\r\n`, 'ok'],
  ['equal lengths in a list', `${OK}Content-Length: 2, 2\r\n\r\n`, 'ok'],
  ['no length where one is named', `${OK}Content-Length: \r\n\r\n`, 'ok'],
  ['a length that is none', `${OK}Content-Length: many\r\n\r\n`, 'ok'],
  ['a length with a sign', `${OK}Content-Length: +2\r\n\r\n`, 'ok'],
  ['a length beyond all numbers', `${OK}Content-Length: 99999999999999999999999\r\n\r\n`, 'ok'],
  ['a blank before a colon', `${OK}X : a\r\n${LENGTH}\r\n`, 'ok'],
  ['a blank in a name', `${OK}X Y: a\r\n${LENGTH}\r\n`, 'ok'],
  ['a name of other letters', `${OK}X(\u00e9): a\r\n${LENGTH}\r\n`, 'ok'],
  ['a line without a colon', `${OK}garbage\r\n${LENGTH}\r\n`, 'ok'],
  ['a header without a name', `${OK}: a\r\n${LENGTH}\r\n`, 'ok'],
  ['a status line with blanks', `HTTP/1.1  200\tOK\r\n${LENGTH}\r\n`, 'ok'],
  ['a status line without a reason', `HTTP/1.1 200\r\n${LENGTH}\r\n`, 'ok'],
  ['a status line in small letters', `http/1.1 200 ok\r\n${LENGTH}\r\n`, 'ok'],
  ['a status line of HTTP/2', `HTTP/2 200\r\n${LENGTH}\r\n`, 'ok'],
  ['a status line of no such version', `HTTP/7.1 200 OK\r\n${LENGTH}\r\n`, 'ok'],
  ['a reason of control bytes', `HTTP/1.1 200 O\u0001K\r\n${LENGTH}\r\n`, 'ok'],
  ['empty lines before it', `\r\n\r\n ${OK}${LENGTH}\r\n`, 'ok'],
  ['a byte order mark before it', `\uFEFF${OK}${LENGTH}\r\n`, 'ok'],
  ['an odd interim answer before it', `HTTP/1.1 103 Early\nLink: a\n b\n\n${OK}${LENGTH}\r\n`, 'ok'],
  ['blanks behind the length of a chunk', `${OK}Transfer-Encoding: chunked\r\n\r\n`, '2  \r\nok\r\n0\r\n\r\n'],
]

describe('a head that browsers take is taken, with', () => {
  test.each(ODD_HEADS)('%s', async (_, head, body) => {
    const url = await serveAnswer(head + body, (socket) => socket.end())
    const check = { keyword: 'ok', keywordMust: 'PRESENT' } as const
    expect(await verdictOf(url, { check })).toBe('Good')
  })

  test.each(ODD_HEADS)('%s, in answer to HEAD', async (_, head) => {
    expect(await verdictOf(await serveAnswer(head), { check: { method: 'HEAD' } })).toBe('Good')
  })

  test.each([1, 2, 7])('anything, however it comes: %s bytes at a time', async (size) => {
    const all = ODD_HEADS.map(async ([name, head, body]) => {
      const bytes = Buffer.from(head + body)
      const url = await serveAnswer('', (socket) => {
        socket.setNoDelay(true)
        const sayOn = (at: number) => {
          if (at >= bytes.length) socket.end()
          else socket.write(bytes.subarray(at, at + size), () => sayOn(at + size))
        }
        sayOn(0)
      })
      return [name, await verdictOf(url)]
    })
    expect(await Promise.all(all)).toEqual(ODD_HEADS.map(([name]) => [name, 'Good']))
  })
})

test.each([
  ['lengths that contradict each other', 'Content-Length: 1\r\nContent-Length: 2', 'INVALID_HEADER_CONTENT_LENGTH'],
  ['a NUL', 'X: y\r\nSet-Cookie: a=\0b', 'INVALID_HEADER_SET_COOKIE'],
  ['a NUL in a name', 'X-\0: y', 'INVALID_HEADER_X__'],
])('a head with %s is refused by the name of the header', async (_, header, detail) => {
  const url = await serveAnswer(`${OK}${header}\r\n\r\nok`)
  const { measurement } = await measure(url)
  expect(measurement).toMatchObject({ failure: 'PROTOCOL', detail, httpStatus: null, firstByteUs: expect.any(Number) })
})

test('the headers of an odd head are read', async () => {
  const site = await serveHttp((request, response) => {
    if (request.url === '/there') return response.end()
    return response.socket?.end('HTTP/1.1 302 There\nLocation:\n /there\nSet-Cookie : a=b\n\n')
  })
  expect(await verdictOf(site.url())).toBe('Good')
  expect(site.requests[1]?.headers.cookie).toBe('a=b')
})
