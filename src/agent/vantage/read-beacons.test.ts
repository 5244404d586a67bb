import { expect, test } from 'vitest'
import { BEACONS_MAX, DEFAULT_BEACONS, readBeacons } from './read-beacons.js'
import { topicOf } from './topic.js'

test('beacons are addresses with ports, names, and pages with a text', () => {
  const written = [
    '1.1.1.1:443',
    ' [2620:fe::fe]:853 ',
    'a.example',
    '*.b.example',
    'http://c.example/x#All is well ',
    'http://d.example',
  ]
  expect(readBeacons(written)).toEqual([
    { kind: 'LINE', address: '1.1.1.1', port: 443 },
    { kind: 'LINE', address: '2620:fe::fe', port: 853 },
    { kind: 'NAME', name: 'a.example', isFresh: false },
    { kind: 'NAME', name: 'b.example', isFresh: true },
    { kind: 'PORTAL', url: 'http://c.example/x', text: 'All is well' },
    { kind: 'PORTAL', url: 'http://d.example/', text: null },
  ])
  expect(readBeacons(['None'])).toEqual([])
})

test('by default there are two of each', () => {
  const topics = (readBeacons(DEFAULT_BEACONS.split(',')) ?? []).map(topicOf)
  expect(topics).toEqual(['V4', 'V4', 'V6', 'V6', 'NAMES', 'NAMES', 'PORTAL', 'PORTAL'])
})

test.each([
  '1.1.1.1',
  '1.1.1:443',
  '1.1.1.1:0',
  '1.1.1.1:65536',
  '2620:fe::fe:443',
  '[1.1.1.1]:443',
  '[::g]:1',
  'localhost',
  'a..example',
  '*.*.example',
  'https://a.example/#x',
  'http://user@a.example/',
  '',
])('%j is no beacon, nor is a list with it', (text) => {
  expect(readBeacons([text])).toBeNull()
  expect(readBeacons(['1.1.1.1:443', text])).toBeNull()
  expect(readBeacons(['none', text])).toBeNull()
})

test('there may be so many', () => {
  expect(readBeacons(Array.from({ length: BEACONS_MAX }, () => 'a.example'))).toHaveLength(BEACONS_MAX)
  expect(readBeacons(Array.from({ length: BEACONS_MAX + 1 }, () => 'a.example'))).toBeNull()
})
