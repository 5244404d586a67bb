import { brotliCompressSync, deflateRawSync, deflateSync, gzipSync } from 'node:zlib'
import { describe, expect, test } from 'vitest'
import { BODY_READ_MAX_BYTES } from '../../protocol/limits.js'
import { serveHttp } from '../../testing/agent/check/loopback.js'
import { verdictOf } from '../../testing/agent/check/measure.js'

const PAGE = `<html><body>${'All is well. '.repeat(500)}Sold out, grün and 日本</body></html>`
const UNREADABLE = 'ASSERTION BODY_UNREADABLE'

/** What a check comes to that wants the keyword there, and one that does not want it. */
async function verdictsOn(body: Buffer, headers: Record<string, string>, keyword: string): Promise<string[]> {
  const site = await serveHttp((_, response) => response.writeHead(200, headers).end(body))
  const verdictWith = (keywordMust: 'PRESENT' | 'ABSENT') => verdictOf(site.url(), { check: { keyword, keywordMust } })
  return [await verdictWith('PRESENT'), await verdictWith('ABSENT')]
}

const THERE = ['Good', 'ASSERTION KEYWORD_PRESENT']
const NOT_THERE = ['ASSERTION KEYWORD_MISSING', 'Good']
const NOT_READ = [UNREADABLE, UNREADABLE]
const page = Buffer.from(PAGE)
/** Bytes that do not pack well. */
const NOISE = Buffer.from(
  Array.from({ length: 2 * BODY_READ_MAX_BYTES }, (_, index) => (index * index * 2_654_435_761) >>> 24),
)

describe('a body that is packed', () => {
  test.each<[string, Buffer]>([
    ['gzip', gzipSync(page)],
    ['x-gzip', gzipSync(page)],
    ['GZIP', gzipSync(page)],
    ['br', brotliCompressSync(page)],
    ['deflate', deflateSync(page)],
    ['deflate', deflateRawSync(page)],
    ['identity', page],
    ['', page],
    ['gzip, br', brotliCompressSync(gzipSync(page))],
    ['gzip, identity, gzip', gzipSync(gzipSync(page))],
  ])('by %s is unpacked', async (coding, body) => {
    const headers = { 'content-encoding': coding }
    expect(await verdictsOn(body, headers, 'Sold out, grün')).toEqual(THERE)
    expect(await verdictsOn(body, headers, 'sold out')).toEqual(NOT_THERE)
  })

  test.each<[string, string, Buffer]>([
    ['by what nobody knows', 'compress', page],
    ['by too many', 'gzip, gzip, gzip, gzip', gzipSync(gzipSync(gzipSync(gzipSync(page))))],
    ['and is not', 'gzip', page],
    ['otherwise than it says', 'br', gzipSync(page)],
    ['and spoilt', 'gzip', Buffer.concat([gzipSync(page).subarray(0, 60), Buffer.from('spoilt'), gzipSync(page)])],
    ['and half there', 'gzip', gzipSync(page).subarray(0, 100)],
    ['and half there, by brotli', 'br', brotliCompressSync(page).subarray(0, 50)],
  ])('%s is not read, and never Good', async (_, coding, body) => {
    expect(await verdictsOn(body, { 'content-encoding': coding }, 'All is well')).toEqual(NOT_READ)
    expect(await verdictsOn(body, { 'content-encoding': coding }, 'elsewhere')).toEqual(NOT_READ)
  })

  test('is of no account where no keyword is asked for', async () => {
    const site = await serveHttp((_, response) => response.writeHead(200, { 'content-encoding': 'gzip' }).end('none'))
    expect(await verdictOf(site.url())).toBe('Good')
  })

  test('is none where there is no body', async () => {
    const check = { keyword: 'x', keywordMust: 'ABSENT' } as const
    const site = await serveHttp((_, response) => response.writeHead(204, { 'content-encoding': 'zstd' }).end())
    expect(await verdictOf(site.url(), { check })).toBe('Good')
  })

  test.each([
    ['unpacked', gzipSync(Buffer.concat([Buffer.alloc(BODY_READ_MAX_BYTES - 7, '.\n'), Buffer.from('keyword!')]))],
    ['packed', gzipSync(Buffer.concat([Buffer.from('keyword'), NOISE]), { level: 0 })],
  ])('beyond the cap, %s, is read up to it', async (_, body) => {
    expect(await verdictsOn(body, { 'content-encoding': 'gzip' }, 'keyword')).toEqual(THERE)
    expect(await verdictsOn(body, { 'content-encoding': 'gzip' }, 'keyword!')).toEqual(NOT_THERE)
  })

  test('and is cut is a cut one', async () => {
    const body = gzipSync(page)
    const site = await serveHttp((_, response) => {
      response.writeHead(200, { 'content-encoding': 'gzip', 'content-length': body.length })
      response.write(body.subarray(0, 100), () => response.destroy())
    })
    const check = { keyword: 'elsewhere', keywordMust: 'ABSENT' } as const
    expect(await verdictOf(site.url(), { check })).toMatch(/^PROTOCOL /)
  })
})

describe('a body in another encoding than UTF-8', () => {
  const latin = (text: string) => Buffer.from(text, 'latin1')
  const shiftJis = Buffer.concat([latin('<p>'), Buffer.of(0x93, 0xfa, 0x96, 0x7b)])
  test.each<[string, Buffer, string, string]>([
    ['ISO-8859-1 by its header', latin('it is grün'), 'text/html; charset=iso-8859-1', 'grün'],
    ['windows-1252 by nothing', latin('it is \u0093grün\u0094'), 'text/html', '“grün”'],
    ['UTF-8 by nothing', Buffer.from('it is grün'), 'application/json', 'grün'],
    ['Shift_JIS by its header', shiftJis, 'text/html; charset=Shift_JIS', '日本'],
    ['Shift_JIS by itself', Buffer.concat([latin('<meta charset="sjis">'), shiftJis]), 'text/html', '日本'],
    ['GBK', Buffer.of(0xc8, 0xd5, 0xb1, 0xbe), 'text/plain; charset=gbk', '日本'],
    ['UTF-16 by its mark', Buffer.from('\uFEFF日本', 'utf16le'), 'text/html', '日本'],
    ['UTF-16, the other, by its mark', Buffer.from('\uFEFF日本', 'utf16le').swap16(), 'text/html', '日本'],
    ['UTF-16 without a mark', Buffer.from('<p>Sold out</p>', 'utf16le'), 'text/html', 'Sold out'],
  ])('%s is read as text', async (_, body, contentType, keyword) => {
    expect(await verdictsOn(body, { 'content-type': contentType }, keyword)).toEqual(THERE)
    expect(await verdictsOn(body, { 'content-type': contentType }, `${keyword}!`)).toEqual(NOT_THERE)
    const packed = { 'content-type': contentType, 'content-encoding': 'gzip' }
    expect(await verdictsOn(gzipSync(body), packed, keyword)).toEqual(THERE)
  })

  test('that browsers refuse is not read, and never Good', async () => {
    const headers = { 'content-type': 'text/html; charset=iso-2022-kr' }
    expect(await verdictsOn(page, headers, 'All is well')).toEqual(NOT_READ)
  })
})
