import { describe, expect, it } from 'vitest'
import { describeClaim } from './describe-claim.js'
import { ownershipToken } from './ownership-token.js'
import { afterLook, isProven } from './proof-rule.js'
import { coveringProofs, provableHost } from './provable-host.js'

const at = (text: string) => new Date(`2026-11-${text}.000Z`)

describe('a proof', () => {
  it.each([
    ['that was never missed', '01T00:00:00', null, true],
    ['that was missed at the last look', '01T00:00:00', '01T00:00:00', true],
    ['that was missed for almost seven days', '07T23:59:59', '01T00:00:00', true],
    ['that was missed for seven days', '08T00:00:00', '01T00:00:00', false],
    ['that was missed for longer', '30T00:00:00', '01T00:00:00', false],
  ])('%s', (_what, checkedAt, failedAt, proven) => {
    expect(isProven({ checkedAt: at(checkedAt), failedAt: failedAt === null ? null : at(failedAt) })).toBe(proven)
  })

  it('keeps when it was missed first, and forgets it once it is seen', () => {
    const missed = afterLook({ checkedAt: at('01T00:00:00'), failedAt: null }, false, at('02T00:00:00').getTime())
    expect(missed).toEqual({ checkedAt: at('02T00:00:00'), failedAt: at('02T00:00:00') })
    const again = afterLook(missed, false, at('03T00:00:00').getTime())
    expect(again).toEqual({ checkedAt: at('03T00:00:00'), failedAt: at('02T00:00:00') })
    expect(afterLook(again, true, at('04T00:00:00').getTime())).toEqual({
      checkedAt: at('04T00:00:00'),
      failedAt: null,
    })
  })
})

describe('what is proven of a URL', () => {
  it.each([
    ['https://Shop.Example.COM/a?b', 'shop.example.com', 'shop.example.com', 'https://shop.example.com'],
    ['http://shop.example.com:80/', 'shop.example.com', 'shop.example.com', 'http://shop.example.com'],
    ['https://bücher.example/', 'xn--bcher-kva.example', 'xn--bcher-kva.example', 'https://xn--bcher-kva.example'],
    ['https://shop.example.com./', 'shop.example.com', 'shop.example.com', 'https://shop.example.com.'],
    ['http://shop.example.com:8080/', 'shop.example.com', 'shop.example.com:8080', 'http://shop.example.com:8080'],
    ['https://shop.example.com:80/', 'shop.example.com', 'shop.example.com:80', 'https://shop.example.com:80'],
    ['http://0x7f.1/', '127.0.0.1', '127.0.0.1', 'http://127.0.0.1'],
    ['http://[::FFFF:127.0.0.1]:81/', '127.0.0.1', '127.0.0.1:81', 'http://[::ffff:7f00:1]:81'],
    ['http://[2001:DB8::1]/', '2001:db8::1', '2001:db8::1', 'http://[2001:db8::1]'],
    ['http://[2001:db8::1]:81/', '2001:db8::1', '[2001:db8::1]:81', 'http://[2001:db8::1]:81'],
  ])('%s', (url, name, host, origin) => {
    expect(provableHost(new URL(url).href)).toMatchObject({ name, host, origin })
    expect(new Set(coveringProofs({ name, host }))).toEqual(new Set([name, host]))
  })
})

describe('the token', () => {
  it('is the same every time, and another for each owner and each host', () => {
    const tokens = ['a', 'b'].flatMap((user) => ['x.example', 'y.example'].map((name) => ownershipToken(user, name)))
    expect(new Set(tokens).size).toBe(4)
    expect(ownershipToken('a', 'x.example')).toBe(tokens[0])
    expect(tokens[0]).toMatch(/^overlaps-site-verification=[\w-]{43}$/)
  })

  it('has no name for a TXT record at an address', () => {
    expect(describeClaim('a', provableHost('http://192.0.2.1/'))).toMatchObject({ dnsName: null, dnsValue: null })
  })
})
