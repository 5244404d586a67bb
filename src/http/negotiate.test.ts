import { describe, expect, it } from 'vitest'
import { chooseEncoding, ENCODINGS, hasTag, namesMediaType, type Encoding } from './negotiate.js'

describe('chooseEncoding', () => {
  it.each<[string | undefined, Encoding]>([
    [undefined, 'identity'],
    ['', 'identity'],
    ['br', 'br'],
    ['gzip, deflate, br, zstd', 'br'],
    ['gzip', 'gzip'],
    ['GZIP', 'gzip'],
    ['deflate, zstd', 'identity'],
    ['*', 'br'],
    ['gzip, br;q=0', 'gzip'],
    ['gzip, br; q=0.000', 'gzip'],
    ['gzip;q=0, br;q=0', 'identity'],
    ['*;q=0', 'identity'],
    ['*;q=0, gzip', 'gzip'],
    ['*, br;q=0', 'gzip'],
    ['br;q=0.5, gzip', 'gzip'],
    ['br;q=0.5, gzip;q=0.5', 'br'],
    ['br;q=0.5, identity', 'identity'],
    ['br;q=0.001', 'br'],
    ['identity;q=0, gzip', 'gzip'],
    ['identity;q=0', 'identity'],
    ['br;q=x, gzip;q=0.2', 'gzip'],
    ['br;q=2, gzip;q=-1', 'identity'],
    [',;q=1,,', 'identity'],
    ['brotli, xgzip', 'identity'],
  ])('%s: %s', (accepted, expected) => {
    expect(chooseEncoding(accepted, ENCODINGS)).toBe(expected)
  })

  it('gives nothing that there is not', () => {
    expect(chooseEncoding('br, gzip', ['gzip', 'identity'])).toBe('gzip')
    expect(chooseEncoding('br, gzip', ['identity'])).toBe('identity')
    expect(chooseEncoding('identity;q=0, br', ['identity'])).toBe('identity')
  })
})

describe('hasTag', () => {
  it.each<[string | undefined, boolean]>([
    [undefined, false],
    ['', false],
    ['"a-br"', true],
    ['W/"a-br"', true],
    ['"b-br", W/"a-br"', true],
    ['"b-br","a-br"', true],
    ['*', true],
    ['"a-gzip"', false],
    ['a-br', false],
    ['"xa-br"', false],
  ])('%s: %s', (header, expected) => {
    expect(hasTag(header, '"a-br"')).toBe(expected)
  })
})

describe('namesMediaType', () => {
  it.each<[string | undefined, boolean]>([
    [undefined, false],
    ['*/*', false],
    ['application/json', false],
    ['text/html', true],
    ['application/xhtml+xml,text/html;q=0.9,*/*;q=0.8', true],
  ])('%s: %s', (accept, expected) => {
    expect(namesMediaType(accept, 'text/html')).toBe(expected)
  })
})
