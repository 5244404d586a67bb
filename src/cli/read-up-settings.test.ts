import { expect, test } from 'vitest'
import { readUpSettings } from './read-up-settings.js'

test('the local validator keeps its key with the data and has a name', () => {
  const { hub, agent } = readUpSettings({ OVERLAPS_DATA_DIR: '/srv/overlaps', OVERLAPS_ALLOW_PRIVATE_TARGETS: '1' })
  expect(hub.allowPrivateTargets).toBe(true)
  expect(agent).toMatchObject({
    keyFile: '/srv/overlaps/validator-key.json',
    self: { label: 'local', region: null },
    allowPrivateTargets: true,
  })
})

test("the validator's own variables count, but for the hub that it works for", () => {
  const { agent } = readUpSettings({
    OVERLAPS_HUB: 'not an address',
    OVERLAPS_KEY_FILE: '/keys/k.json',
    OVERLAPS_LABEL: 'attic',
    OVERLAPS_REGION: 'eu',
    OVERLAPS_CONCURRENCY: '7',
    OVERLAPS_DENIED_HOSTS: 'a.example,b.example',
  })
  expect(agent).toMatchObject({
    keyFile: '/keys/k.json',
    self: { label: 'attic', region: 'eu' },
    concurrency: 7,
    deniedHosts: ['a.example', 'b.example'],
  })
})

test('a hub with origins of its own also knows the one that the local validator signs for', () => {
  const { hub } = readUpSettings({ OVERLAPS_ORIGINS: 'https://hub.example', PORT: '9000' })
  expect(hub.origins).toEqual(['https://hub.example', 'http://localhost:9000'])
})

test('the faults of both are told in one message', () => {
  const wrong = { PORT: 'x', OVERLAPS_ROUND_CRON: 'often', OVERLAPS_CONCURRENCY: '0' }
  expect(() => readUpSettings(wrong)).toThrow(/PORT: .*\n.*OVERLAPS_ROUND_CRON: [^]*\(OVERLAPS_CONCURRENCY\): expected/)
})
