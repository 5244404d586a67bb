import { describe, expect, test } from 'vitest'
import { createCookieJar } from './cookie-jar.js'

const NOW = Date.UTC(2027, 0, 1)

/** The header for `to` after `from` has set `lines`. */
function sent(lines: readonly string[], to: string, from = 'https://a.example/shop/cart'): string | null {
  const jar = createCookieJar(() => NOW)
  jar.take(new URL(from), lines)
  return jar.headerFor(new URL(to))
}

describe('a cookie', () => {
  test.each([
    ['goes back to where it was set', 'a=b', 'https://a.example/shop/cart', 'a=b'],
    ['goes below the folder where it was set', 'a=b', 'https://a.example/shop/x/y', 'a=b'],
    ['goes nowhere else', 'a=b', 'https://a.example/', null],
    ['goes to no path that only begins alike', 'a=b; Path=/sh', 'https://a.example/shop', null],
    ['goes to its path', 'a=b; Path=/', 'https://a.example/elsewhere', 'a=b'],
    ['goes to its path, with a slash', 'a=b; path=/x/', 'https://a.example/x/y', 'a=b'],
    ['with a path that is none has its default', 'a=b; Path=x', 'https://a.example/shop/', 'a=b'],
    ['goes to any port', 'a=b; Path=/', 'https://a.example:8443/', 'a=b'],
    ['goes to no other host', 'a=b; Path=/', 'https://b.example/', null],
    ['goes to no host below, whatever it says', 'a=b; Path=/; Domain=a.example', 'https://www.a.example/', null],
    ['goes over any scheme', 'a=b; Path=/', 'http://a.example/', 'a=b'],
    ['that is secure goes over TLS alone', 'a=b; Path=/; Secure', 'http://a.example/', null],
    ['that is secure goes over TLS', 'a=b; Path=/; secure; HttpOnly', 'https://a.example/', 'a=b'],
    ['of another domain is none', 'a=b; Path=/; Domain=b.example', 'https://a.example/', null],
    ['of its own domain is one', 'a=b; Path=/; Domain=.A.example', 'https://a.example/', 'a=b'],
    ['keeps what its value has', 'a= "b=c" ; Path=/', 'https://a.example/', 'a="b=c"'],
    ['without a name is none', '=b; Path=/', 'https://a.example/', null],
    ['without a value is one', 'a=; Path=/', 'https://a.example/', 'a='],
    ['without an equals sign is none', 'a; Path=/', 'https://a.example/', null],
    ['with a control character is none', 'a=\u0001b; Path=/', 'https://a.example/', null],
    ['too long is none', `a=${'b'.repeat(5_000)}; Path=/`, 'https://a.example/', null],
    ['of the past is none', 'a=b; Path=/; Expires=Thu, 01-Jan-1970 00:00:00 GMT', 'https://a.example/', null],
    ['of the future is one', 'a=b; Path=/; Expires=Wed, 01 Jan 2031 00:00:00 GMT', 'https://a.example/', 'a=b'],
    ['with an odd date is one', 'a=b; Path=/; Expires=soon', 'https://a.example/', 'a=b'],
    ['without any age left is none', 'a=b; Path=/; Max-Age=0', 'https://a.example/', null],
    [
      'has its age before its date',
      'a=b; Path=/; Max-Age=9; Expires=Thu, 01 Jan 1970 00:00:00 GMT',
      'https://a.example/',
      'a=b',
    ],
  ])('%s', (_, line, to, header) => {
    expect(sent([line], to)).toBe(header)
  })

  test('takes the place of one of its name and path, and of no other', () => {
    expect(sent(['a=1; Path=/', 'a=2; Path=/', 'a=3'], 'https://a.example/shop/')).toBe('a=3; a=2')
    expect(sent(['a=1; Path=/', 'a=; Path=/; Max-Age=-1'], 'https://a.example/')).toBeNull()
  })

  test('is one of a bounded number, and in a bounded header', () => {
    const many = Array.from({ length: 60 }, (_, index) => `c${index}=; Path=/`)
    expect(sent(many, 'https://a.example/')?.split('; ')).toEqual(many.slice(10).map((line) => line.split(';')[0]))
    const large = Array.from({ length: 9 }, (_, index) => `c${index}=${'x'.repeat(4_000)}; Path=/`)
    expect(sent(large, 'https://a.example/')).toBeNull()
  })
})
