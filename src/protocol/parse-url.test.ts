import { describe, expect, it } from 'vitest'
import { parseUrl } from './parse-url.js'

describe('parseUrl', () => {
  it('takes letters beyond ASCII however often it is asked', () => {
    for (let asked = 0; asked < 200_000; asked++) {
      if (parseUrl('http://bücher.example')?.host === 'xn--bcher-kva.example') continue
      throw new Error(`refused after ${asked} times`)
    }
    expect(parseUrl('/ü', 'http://bücher.example')?.href).toBe('http://xn--bcher-kva.example/%C3%BC')
  })

  it.each(['', '//', 'http://', 'http://a b/', 'http://[::1', 'bücher.example'])('%s is none', (text) => {
    expect(parseUrl(text)).toBeNull()
  })
})
