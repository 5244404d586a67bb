import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createHeadReader } from './head-reader.js'
import { HEAD_MAX_BYTES } from './limits.js'

/** What is read of pieces of that size, and the statuses that were heard of. */
function read(text: string, size = Infinity) {
  const statuses: number[] = []
  const reader = createHeadReader((status) => statuses.push(status))
  const bytes = Buffer.from(text, 'latin1')
  let said = ''
  for (let at = 0; at < bytes.length; at += size) {
    const piece = reader.read(bytes.subarray(at, at + size))
    if (piece instanceof Error) return { said: piece.code, statuses }
    said += piece.toString('latin1')
  }
  return { said, statuses }
}

const INTERIM = 'HTTP/1.1 100 Continue\n\n'
const FINAL = 'HTTP/1.0 200 OK\nA: b\n c\nrubbish\nContent-Length: 3, 3\n\n'

describe('a reader of heads', () => {
  it('rewrites each and lets everything behind the last one through', () => {
    expect(read(`\r\n${INTERIM}${FINAL}x\n\nHTTP/1.1 500\n\n`)).toEqual({
      said: 'HTTP/1.1 100 \r\n\r\nHTTP/1.1 200 \r\nA: b c\r\ncontent-length: 3\r\n\r\nx\n\nHTTP/1.1 500\n\n',
      statuses: [200],
    })
  })

  it('says the same however it is cut', () => {
    const word = fc.constantFrom(INTERIM, FINAL, '\r\n', 'HTTP/1.1 ', '204 ', 'A: b\r\n', '\n', ' ', '\0', 'x', 'é')
    const text = fc.array(word, { maxLength: 12 }).map((words) => words.join(''))
    fc.assert(
      fc.property(text, fc.integer({ min: 1, max: 9 }), (all, size) => {
        expect(read(all, size)).toEqual(read(all))
      }),
    )
  })

  it.each(['SSH-2.0', 'HTTQ', '\0', 'HTTP/1.1 OK\r\n', 'HTTP/1.1 20 OK\n'])('leaves %j to the parser', (text) => {
    expect(read(`${text}\r\nand more`)).toEqual({ said: `${text}\r\nand more`, statuses: [] })
  })

  it('hears of the status before the head is whole, and of none without a whole line', () => {
    expect(read('HTTP/1.1 202 Yes\r\nA: b')).toEqual({ said: '', statuses: [202] })
    expect(read('HTTP/1.1 202 Yes')).toEqual({ said: '', statuses: [] })
    expect(read('HTTP/1.1 202 Yes\nA: \0\n\n')).toEqual({ said: 'INVALID_HEADER_A', statuses: [202] })
  })

  it.each(['\n', 'HTTP/1.1 200 ', 'HTTP/1.1 200 OK\nA: ', 'HTTP/1.1 200 OK\n '])(
    'holds no more than a head of %j',
    (begin) => {
      const large = begin + (begin === '\n' ? '\n' : 'x').repeat(HEAD_MAX_BYTES)
      expect(read(large, 1_000).said).toBe('HPE_HEADER_OVERFLOW')
    },
  )
})
