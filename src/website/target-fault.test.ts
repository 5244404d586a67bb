import { expect, it } from 'vitest'
import { canonicalUrl } from '../protocol/text-forms.js'
import { targetFault } from './target-fault.js'

function judge(url: string): string | null {
  const canonical = canonicalUrl(url)
  if (canonical === null) throw new Error(`${url} has no canonical form`)
  return targetFault(canonical)
}

it.each([
  'https://example.com/',
  'https://example.com./',
  'http://1.1.1.1/',
  'http://[2606:4700:4700::1111]/',
  'https://localhost.example.com/',
  'https://notlocal.de/',
  'https://xn--mnchen-3ya.de/',
])('lets validators go to %s', (url) => {
  expect(judge(url)).toBeNull()
})

it.each([
  'http://127.0.0.1/',
  'http://127.1/',
  'http://2130706433/',
  'http://0x7f000001/',
  'http://0177.0.0.1/',
  'http://１２７.0.0.1/',
  'http://127.0.0.1./',
  'http://0.0.0.0/',
  'http://10.0.0.1/',
  'http://192.168.1.1:8080/',
  'http://169.254.169.254/latest/meta-data/',
  'http://100.64.0.1/',
  'http://168.63.129.16/',
  'http://[::1]/',
  'http://[::]/',
  'http://[::ffff:10.0.0.1]/',
  'http://[fd00::1]/',
  'http://[fe80::1]/',
  'http://localhost/',
  'http://LOCALHOST./',
  'http://a.localhost/',
  'http://printer.local/',
  'http://metadata.google.internal/',
  'http://nas.home.arpa/',
  'http://router/',
])('keeps validators from %s', (url) => {
  expect(judge(url)).toMatch(/is not a public (address|name): .+\.$/)
})
