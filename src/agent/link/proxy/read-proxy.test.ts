import { describe, expect, test } from 'vitest'

import { isExempt } from './no-proxy.js'
import { readProxy } from './read-proxy.js'

const HUB = 'https://hub.example'
const basic = (text: string) => `Basic ${Buffer.from(text).toString('base64')}`

describe('the proxy to the hub', () => {
  test.each([
    [{}, null],
    [{ HTTPS_PROXY: '' }, null],
    [{ HTTP_PROXY: 'http://p:1', ALL_PROXY: 'http://p:1' }, null],
    [
      { HTTPS_PROXY: 'http://p.example:3128' },
      { origin: 'http://p.example:3128', authorization: null, variable: 'HTTPS_PROXY' },
    ],
    [
      { HTTPS_PROXY: 'p.example:3128/' },
      { origin: 'http://p.example:3128', authorization: null, variable: 'HTTPS_PROXY' },
    ],
    [
      { HTTPS_PROXY: 'http://a', https_proxy: 'https://b:8443' },
      { origin: 'https://b:8443', authorization: null, variable: 'https_proxy' },
    ],
    [
      { HTTPS_PROXY: 'http://ada:p%40ss:w%C3%B6rd@p.example' },
      { origin: 'http://p.example', authorization: basic('ada:p@ss:wörd'), variable: 'HTTPS_PROXY' },
    ],
    [{ HTTPS_PROXY: 'http://p:1', NO_PROXY: 'other, .example' }, null],
    [
      { HTTPS_PROXY: 'http://p:1', NO_PROXY: '*', no_proxy: 'other' },
      { origin: 'http://p:1', authorization: null, variable: 'HTTPS_PROXY' },
    ],
  ])('in %j is %j', (env, proxy) => {
    expect(readProxy(HUB, env)).toEqual({ kind: 'found', proxy })
  })

  test('is none for a hub over plain http, and nothing is wrong with it then', () => {
    expect(readProxy('http://hub.example', { HTTPS_PROXY: 'socks://x' })).toEqual({ kind: 'found', proxy: null })
  })

  test.each([
    'socks5://u:secret@p:1',
    'http://u:secret@p:1/path',
    'http://u:secret%zz@p',
    'http://u:secret@',
    'http://u:secret@p:99999',
    'http://u:secret@p?q',
  ])('as %s is a fault that names the variable and not the value', (value) => {
    const found = readProxy(HUB, { https_proxy: value })
    expect(found).toEqual({ kind: 'fault', message: expect.stringMatching(/^https_proxy: expected a proxy such as/) })
    expect(JSON.stringify(found)).not.toContain('secret')
  })
})

test.each([
  ['https://hub.example', '', false],
  ['https://hub.example', '*', true],
  ['https://hub.example', 'hub.example', true],
  ['https://hub.example', 'HUB.Example.', true],
  ['https://hub.example', 'example', true],
  ['https://hub.example', '.example', true],
  ['https://hub.example', '*.example', true],
  ['https://hub.example', 'ub.example', false],
  ['https://hub.example', 'hub.example.org', false],
  ['https://hub.example', 'a b,hub.example', true],
  ['https://hub.example', 'hub.example:443', true],
  ['https://hub.example', 'hub.example:8443', false],
  ['https://hub.example:8443', 'example:8443', true],
  ['https://hub.example', '.', false],
  ['https://10.1.2.3', '10.1.2.3', true],
  ['https://10.1.2.3', '10.0.0.0/8', true],
  ['https://10.1.2.3', '11.0.0.0/8', false],
  ['https://10.1.2.3', '2.3', false],
  ['https://10.1.2.3:8443', '10.1.2.3:443', false],
  ['https://[::1]', '::1', true],
  ['https://[::1]', '[::1]:443', true],
  ['https://[::1]', '[0:0::1]', true],
  ['https://[fd00::5]', 'fd00::/8', true],
  ['https://[fd00::5]', '10.0.0.0/8', false],
])('%s with NO_PROXY=%s is exempt: %s', (hub, list, exempt) => {
  expect(isExempt(new URL(hub), list)).toBe(exempt)
})
