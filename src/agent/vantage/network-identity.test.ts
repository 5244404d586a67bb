import type { NetworkInterfaceInfo } from 'node:os'
import { expect, test } from 'vitest'
import { readFingerprint } from './network-identity.js'

const address = (text: string, internal = false) => ({ address: text, internal }) as NetworkInterfaceInfo

test('a network is known by the addresses that it gave, in whatever order', () => {
  const wired = { lo: [address('127.0.0.1', true)], eth0: [address('192.168.1.2'), address('2001:db8::2')] }
  const fingerprint = readFingerprint(wired)
  expect(readFingerprint({ eth0: wired.eth0.toReversed(), veth1: [address('fe80::1'), address('169.254.1.1')] })).toBe(
    fingerprint,
  )
  expect(readFingerprint({ ...wired, eth0: [address('192.168.1.3')] })).not.toBe(fingerprint)
  expect(readFingerprint({ wlan0: wired.eth0 })).not.toBe(fingerprint)
  expect(readFingerprint({ lo: wired.lo, eth0: undefined })).toBe('')
  expect(typeof readFingerprint()).toBe('string')
})
