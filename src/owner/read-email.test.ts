import { expect, it } from 'vitest'
import { readEmail } from './read-email.js'

it.each([
  ['a@b.de', 'a@b.de'],
  [' Ada.Lovelace+watch@Example.COM ', 'ada.lovelace+watch@example.com'],
  ['owner@localhost', 'owner@localhost'],
  ["o'neil@xn--mnchen-3ya.de", "o'neil@xn--mnchen-3ya.de"],
  [`${'a'.repeat(64)}@b.de`, `${'a'.repeat(64)}@b.de`],
])('reads %j', (text, email) => {
  expect(readEmail(text)).toBe(email)
})

it.each([
  '',
  'a',
  '@b.de',
  'a@',
  'a@b@c.de',
  'a b@c.de',
  'a@b..de',
  '.a@b.de',
  'a.@b.de',
  'a@-b.de',
  'a@b.de.',
  'a@b\0.de',
  'a\r\nbcc:x@b.de',
  '<a@b.de>',
  '\u212aay@b.de',
  `${'a'.repeat(65)}@b.de`,
  `a@${'b.'.repeat(130)}de`,
])('refuses %j', (text) => {
  expect(readEmail(text)).toBeNull()
})
