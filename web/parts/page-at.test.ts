import { expect, it } from 'vitest'
import { pageAddress, pageTerms, readPage, type PageAt } from './page-at'

it.each<[PageAt, string, object]>([
  [null, '/account', { first: 20 }],
  [{ after: 'a&b' }, '/account?after=a%26b', { first: 20, after: 'a&b' }],
  [{ before: 'c' }, '/account?before=c', { last: 20, before: 'c' }],
])('%j has an address that is read as it was, and asks for its page', (at, address, terms) => {
  expect(pageAddress('/account', at)).toBe(address)
  expect(readPage(new URL(address, 'http://hub').searchParams)).toEqual(at)
  expect(pageTerms(at, 20)).toEqual(terms)
})
