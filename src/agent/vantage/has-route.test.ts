import { expect, test } from 'vitest'
import { hasRoute } from './has-route.js'

test('the kernel knows the way to this machine, and none to a link that is not named', async () => {
  expect(await hasRoute('127.0.0.1')).toBe(true)
  expect(await hasRoute('fe80::1')).toBe(false)
})
