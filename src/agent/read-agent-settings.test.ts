import { expect, test } from 'vitest'

import { StartFault } from '../start-fault.js'
import { readAgentSettings } from './read-agent-settings.js'
import { DEFAULT_BEACONS, readBeacons } from './vantage/read-beacons.js'

const none = { flags: {}, env: {}, file: {} }

test('all but the hub has a default', () => {
  expect(readAgentSettings({ ...none, flags: { hub: 'http://localhost:8081' } })).toEqual({
    hub: 'http://localhost:8081',
    keyFile: './validator-key.json',
    concurrency: 50,
    allowPrivateTargets: false,
    targetPorts: [80, 443, 3000, 5000, 8000, 8008, 8080, 8081, 8443, 8880, 8888, 9443],
    deniedHosts: [],
    beacons: readBeacons(DEFAULT_BEACONS.split(',')),
    self: { label: null, region: null },
    complaintsUrl: null,
    proxy: null,
  })
})

test('flags go before the environment, and that before the file', () => {
  const hub = 'http://localhost:8081'
  const env = { OVERLAPS_LABEL: 'env', OVERLAPS_REGION: 'env', OVERLAPS_CONCURRENCY: '' }
  const file = { hub, label: 'file', region: 'file', concurrency: 7 }
  const settings = readAgentSettings({ flags: { label: 'flag' }, env, file })
  expect(settings).toMatchObject({ hub, self: { label: 'flag', region: 'env' }, concurrency: 7 })
})

test.each([
  ['wss://hub.example/graphql', 'https://hub.example'],
  ['HTTP://Hub.Example:80/', 'http://hub.example'],
])('the hub %s is dialled as %s', (hub, origin) => {
  expect(readAgentSettings({ ...none, flags: { hub } }).hub).toBe(origin)
})

test.each([
  [{ OVERLAPS_TARGET_PORTS: '9000,443' }, {}, [443, 9000]],
  [{ OVERLAPS_TARGET_PORTS: 'any' }, {}, 'ANY'],
  [{}, { targetPorts: [8080, 80] }, [80, 8080]],
  [{}, { targetPorts: 'Any' }, 'ANY'],
])('ports as %j or %j', (env, file, targetPorts) => {
  expect(readAgentSettings({ flags: { hub: 'http://hub' }, env, file })).toMatchObject({ targetPorts })
})

// It goes into a header of every request.
test.each([
  'https://a.example/\r\nX-Injected: 1',
  'mailto:a@b.example\nX: 1',
  'https://a.example/ b',
  'https://ä.example/',
  'javascript:1',
])('the URL for complaints %j is refused', (complaintsUrl) => {
  expect(() => readAgentSettings({ flags: { hub: 'http://hub', complaintsUrl }, env: {}, file: {} })).toThrow(
    'complaintsUrl (--complaints-url): expected a URL or mailto: address',
  )
})

test('every fault is told by name, with where it stands and what was expected', () => {
  const sources = {
    flags: { hub: 'hub.example', complaintsUrl: 'nowhere' },
    env: { OVERLAPS_CONCURRENCY: 'many', OVERLAPS_ALLOW_PRIVATE_TARGETS: 'yes' },
    file: { deniedHosts: ['http://x'], beacons: ['1.1.1.1'], targetPorts: [0], label: 'a\u001b[2Jb', hubs: 1 },
  }
  const read = () => readAgentSettings(sources)
  expect(read).toThrow(StartFault)
  for (const words of [
    'hub (--hub): expected the hub',
    'complaintsUrl (--complaints-url): expected a URL',
    'concurrency (OVERLAPS_CONCURRENCY): expected a whole number',
    'allowPrivateTargets (OVERLAPS_ALLOW_PRIVATE_TARGETS): expected 1 or 0, not "yes"',
    'deniedHosts (configuration file): expected names',
    'beacons (configuration file): expected address:port',
    'label (configuration file): expected at most 64',
    'targetPorts (configuration file): expected ports',
    'hubs (configuration file): there is no such setting',
  ]) {
    expect(read).toThrow(words)
  }
})

test.each(['ftp://hub.example', 'http://hub.example/path', 'http://user@hub.example', 'http://hub.example/?a=1', ''])(
  'the hub %j is refused',
  (hub) => {
    expect(() => readAgentSettings({ ...none, flags: { hub } })).toThrow('hub (--hub): expected')
  },
)

test('a missing hub is told with both ways to give it', () => {
  expect(() => readAgentSettings(none)).toThrow('hub (--hub or OVERLAPS_HUB): expected')
})
