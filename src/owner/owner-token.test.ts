import { expect, it } from 'vitest'
import { createOwnerSecret, hashOwnerToken, isOwnerToken } from './owner-token.js'

it('makes 256 random bits with a prefix', () => {
  const token = createOwnerSecret()
  expect(token).toMatch(/^ovo_[\w-]{43}$/)
  expect(Buffer.from(token.slice(4), 'base64url')).toHaveLength(32)
  expect(createOwnerSecret()).not.toBe(token)
  expect(isOwnerToken(token)).toBe(true)
})

it.each(['', 'ovo_', 'a'.repeat(47), `ovo_${'a'.repeat(42)}`, `ovo_${'a'.repeat(44)}`, `ovo_${'a'.repeat(42)}=`])(
  'knows %j as none',
  (text) => {
    expect(isOwnerToken(text)).toBe(false)
  },
)

it('keeps a SHA-256', () => {
  expect(hashOwnerToken('abc').toString('hex')).toBe('ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad')
})
