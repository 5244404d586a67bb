import { expect, test } from 'vitest'

import { deniesAddress, deniesHost } from './target-policy.js'
import type { TargetPolicy } from './target-policy.js'

const POLICY: TargetPolicy = {
  allowPrivateTargets: false,
  targetPorts: 'ANY',
  deniedHosts: ['Example.com', 'sub.example.net.', '9.9.9.9', '2606:4700::0:1'],
}

test.each([
  ['example.com', true],
  ['EXAMPLE.COM', true],
  ['example.com.', true],
  ['www.example.com', true],
  ['a.b.example.com.', true],
  ['notexample.com', false],
  ['example.com.evil.test', false],
  ['example.net', false],
  ['sub.example.net', true],
  ['9.9.9.9', true],
  ['9.9.9.8', false],
  ['::ffff:909:909', true],
  ['2606:4700::1', true],
])('host %s is denied: %s', (host, denied) => {
  expect(deniesHost(POLICY, host)).toBe(denied)
})

test.each([
  ['8.8.8.8', true, false],
  ['9.9.9.9', true, true],
  ['9.9.9.9', false, true],
  ['::ffff:9.9.9.9', true, true],
  ['2606:4700:0:0::1', true, true],
  ['2606:4700::2', false, false],
  ['fe80::1%eth0', true, false],
  ['127.0.0.1', false, true],
  ['127.0.0.1', true, false],
  ['fd00::1', false, true],
  ['fd00::1', true, false],
])('address %s, private ones allowed %s: denied %s', (address, allowPrivateTargets, denied) => {
  expect(deniesAddress({ ...POLICY, allowPrivateTargets }, address)).toBe(denied)
})

test.each([
  ['denied.example', true],
  ['Sub.Denied.Example.', true],
  ['notdenied.example', false],
  ['example', false],
  ['203.0.113.7', true],
  ['::ffff:203.0.113.7', true],
  ['2001:db8:0::1', true],
  ['2001:db8::2', false],
])("host %s is on the hub's list: %s", (host, denied) => {
  const hubDeniedHosts = new Set(['denied.example', '203.0.113.7', '2001:db8::1'])
  expect(deniesHost({ ...POLICY, deniedHosts: [], hubDeniedHosts }, host)).toBe(denied)
  expect(deniesAddress({ ...POLICY, deniedHosts: [], allowPrivateTargets: true, hubDeniedHosts }, host)).toBe(denied)
})
