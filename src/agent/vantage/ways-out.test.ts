import type { NetworkInterfaceInfo } from 'node:os'
import { expect, test } from 'vitest'
import { readWaysOut } from './ways-out.js'

type Interfaces = Record<string, readonly NetworkInterfaceInfo[]>

const address = (text: string) => ({ address: text }) as NetworkInterfaceInfo
const TEMPORARY = '2001:db8:0:1:aaaa::1'
const WIRED = { lo: [address('127.0.0.1')], eth0: [address('192.168.1.2'), address(TEMPORARY)] }

function read(
  interfaces: Interfaces | null,
  sources: { V4?: string; V6?: string } = { V4: '192.168.1.2', V6: TEMPORARY },
) {
  return readWaysOut({
    sourceTo: async (to) => sources[to.includes(':') ? 'V6' : 'V4'] ?? null,
    interfaces: () => interfaces,
  })
}

test('a way out is an interface with an address, of IPv6 with its prefix', async () => {
  const wired = await read(WIRED)
  expect(wired).toEqual({ V4: 'eth0 192.168.1.2', V6: 'eth0 20010db800000001' })
  const nextDay = [address('192.168.1.2'), address(TEMPORARY), address('2001:db8:0:1:bbbb::2')]
  expect(await read({ eth0: nextDay }, { V4: '192.168.1.2', V6: '2001:db8:0:1:bbbb::2' })).toEqual(wired)
  expect((await read({ eth0: [address('192.168.1.3')] }, { V4: '192.168.1.3' })).V4).not.toBe(wired.V4)
  expect((await read({ wlan0: WIRED.eth0 })).V4).not.toBe(wired.V4)
})

test('interfaces that lead nowhere may come and go', async () => {
  const containers = { docker0: [address('172.17.0.1')], veth1: [address('fe80::1')], wg0: [address('10.8.0.2')] }
  expect(await read({ ...containers, ...WIRED })).toEqual(await read(WIRED))
})

test('no way leads out without a route, nor with one through an interface without a carrier or an address of a network', async () => {
  expect(await read(WIRED, {})).toEqual({ V4: null, V6: null })
  expect(await read({ lo: WIRED.lo })).toEqual({ V4: null, V6: null })
  const ofLink = { eth0: [address('169.254.1.1'), address('fe80::1')] }
  expect(await read(ofLink, { V4: '169.254.1.1', V6: 'fe80::1%eth0' })).toEqual({ V4: null, V6: null })
})

test('where interfaces may not be read the addresses do', async () => {
  expect(await read(null)).toEqual({ V4: ' 192.168.1.2', V6: ' 20010db800000001' })
})

test('what cannot be read is no network that is lost', async () => {
  const none = () => Promise.reject(new Error('EMFILE'))
  await expect(readWaysOut({ sourceTo: none, interfaces: () => WIRED })).rejects.toThrow('EMFILE')
  const broken = () => {
    throw new Error('EMFILE')
  }
  await expect(readWaysOut({ sourceTo: async () => '192.168.1.2', interfaces: broken })).rejects.toThrow('EMFILE')
})

test('reads those of this machine', async () => {
  expect(Object.keys(await readWaysOut())).toEqual(['V4', 'V6'])
})
