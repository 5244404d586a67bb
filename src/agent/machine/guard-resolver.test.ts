import { expect, test } from 'vitest'

import { guardResolver } from './guard-resolver.js'

const life = { hold: () => {}, isOver: () => false }
const failing = (code: string) => async () => {
  throw Object.assign(new Error(code), { code })
}
const codeOf = (resolved: Promise<unknown>) => resolved.then(String, (error: { code: string }) => error.code)

test.each([
  ['ECONNREFUSED', 'EMFILE', false, 'EMFILE'],
  ['ENOTFOUND', 'ENFILE', false, 'ENFILE'],
  ['EBUSY', null, true, 'EFILE'],
  ['EAI_AGAIN', null, true, 'EFILE'],
  ['ECONNREFUSED', null, false, 'ECONNREFUSED'],
  ['ENOTFOUND', null, false, 'ENOTFOUND'],
  ['ENODATA', 'EMFILE', true, 'ENODATA'],
  ['ESERVFAIL', 'EMFILE', true, 'ESERVFAIL'],
  ['ETIMEOUT', 'EMFILE', true, 'ETIMEOUT'],
])('%s, where a file is refused by %s and a limit was met: %s, is %s', async (code, refused, isAtLimit, expected) => {
  const resolve = guardResolver(
    failing(code),
    () => isAtLimit,
    () => refused,
  )
  expect(await codeOf(resolve('name.example', 0, life))).toBe(expected)
})

test('addresses go through', async () => {
  const resolve = guardResolver(
    async () => ['192.0.2.1'],
    () => true,
    () => 'EMFILE',
  )
  expect(await resolve('name.example', 0, life)).toEqual(['192.0.2.1'])
})
