import fc from 'fast-check'
import { expect, test } from 'vitest'

import { searchKeyword } from './keyword-search.js'

test('finds what the whole text has, however it is cut', () => {
  const letters = fc.string({ unit: fc.constantFrom('a', 'b', 'ü'), maxLength: 12 })
  const keyword = fc.string({ unit: fc.constantFrom('a', 'b', 'ü'), minLength: 1, maxLength: 4 })
  fc.assert(
    fc.property(fc.array(letters), keyword, fc.integer({ min: 1, max: 5 }), (texts, word, size) => {
      const bytes = Buffer.from(texts.join(''))
      const search = searchKeyword(word, undefined)
      for (let at = 0; at < bytes.length; at += size) search.add(bytes.subarray(at, at + size))
      expect(search.isFound()).toBe(texts.join('').includes(word))
    }),
  )
})

test('finds what lies across the bytes that are searched at once, and where none of them are left', () => {
  const page = Buffer.alloc(64 * 1024, 'a')
  for (const at of [0, 16_380, 16_384, 16_387, 32_767, 65_532]) {
    page.write('bcde', at)
    for (const size of [1, 1_000, 65_536]) {
      const search = searchKeyword('bcde', undefined)
      for (let from = 0; from < page.length; from += size) search.add(page.subarray(from, from + size))
      expect([at, size, search.isFound()]).toEqual([at, size, true])
    }
    page.write('aaaa', at)
  }
})

test('finds letters, not bytes', () => {
  const search = searchKeyword('ü', 'text/html; charset=utf-8')
  search.add(Buffer.from('ü', 'latin1'))
  expect(search.isFound()).toBe(false)
})

test('finds letters that are cut between the bytes that are searched at once', () => {
  const search = searchKeyword('日本', 'text/plain; charset=shift_jis')
  search.add(Buffer.alloc(16 * 1024 - 1, 'a'))
  search.add(Buffer.of(0x93, 0xfa, 0x96, 0x7b))
  expect(search.isFound()).toBe(true)
})

test('takes for windows-1252 what is no UTF-8 anywhere, however late', () => {
  const search = searchKeyword('“ü”', undefined)
  search.add(Buffer.alloc(40 * 1024, 'a'))
  search.add(Buffer.of(0x93, 0xfc, 0x94))
  expect(search.isFound()).toBe(true)
})
