import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import { checkStatement } from './check-statement.js'
import { DEFAULT_CHECK } from './check.js'
import { signupStatement } from './signup-statement.js'
import { statementText } from './statement-text.js'

describe('statementText', () => {
  it('ends every line, the last one too, and writes what is absent as -', () => {
    expect(
      statementText('kind-v1', [
        ['a', 'b'],
        ['c', null],
        ['d', 0],
      ]),
    ).toBe('kind-v1\na b\nc -\nd 0\n')
  })

  it.each(['', ' ', 'a b', 'a\n', 'a\nb c', '\r', 'a\0', '\t', '\u007f', 'ä', '\u2028', '-'])(
    'holds no value %j',
    (value) => {
      expect(() => statementText('kind-v1', [['name', value]])).toThrow(RangeError)
    },
  )

  it.each([-1, 0.5, Number.NaN, Number.POSITIVE_INFINITY, 2 ** 53])('holds no number %d', (value) => {
    expect(() => statementText('kind-v1', [['name', value]])).toThrow(RangeError)
  })

  it('has as many lines as names, whatever the values', () => {
    fc.assert(
      fc.property(fc.array(fc.oneof(fc.string(), fc.string({ unit: 'binary' })), { maxLength: 3 }), (values) => {
        let text: string
        try {
          text = statementText(
            'kind-v1',
            values.map((value) => ['name', value]),
          )
        } catch {
          return
        }
        expect(text.split('\n')).toHaveLength(values.length + 2)
      }),
    )
  })
})

it('lets no hint of a signup forge its challenge', () => {
  const fields = {
    hub: 'http://localhost:8081',
    validator: 'key',
    ip: '203.0.113.7\nchallenge other',
    challenge: 'mine',
  }
  expect(() => signupStatement(fields)).toThrow(RangeError)
})

describe('checkStatement', () => {
  it.each([
    ['ANY', 'ANY'],
    ['V4', '4'],
    ['V6', '6'],
  ] as const)('writes the IP version %s as %s', (ipVersion, text) => {
    expect(checkStatement({ ...DEFAULT_CHECK, ipVersion })).toContain(`\nip-version ${text}\n`)
  })

  it('lowers the names of headers, keeps their order and tells no body from an empty one', () => {
    const accept = { name: 'Accept', value: 'text/html' }
    const token = { name: 'x-token', value: 'T' }
    const written = (headers: { name: string; value: string }[]) => checkStatement({ ...DEFAULT_CHECK, headers })
    expect(written([accept, token])).toBe(written([{ ...accept, name: 'accept' }, token]))
    expect(written([accept, token])).not.toBe(written([token, accept]))
    expect(written([])).toContain('\nheaders -\nbody -\n')
    expect(checkStatement({ ...DEFAULT_CHECK, body: '' })).toContain(
      '\nbody e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855\n',
    )
  })
})
