import { expect, test } from 'vitest'
import { readHubSettings } from './read-hub-settings.js'

test('what a validator and the other commands read may stand beside the settings of a hub', () => {
  const others = { OVERLAPS_HUB: 'http://hub.example', OVERLAPS_KEY_FILE: '/keys/k.json', OVERLAPS_TOKEN: 'ovo_x' }
  expect(readHubSettings({ ...others, PORT: '9000' })).toMatchObject({ port: 9000 })
})

test('what nothing reads is refused', () => {
  expect(() => readHubSettings({ OVERLAPS_KEYFILE: 'x' })).toThrow(/OVERLAPS_KEYFILE: there is no such setting/)
})
