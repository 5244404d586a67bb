import { describe, expect, it } from 'vitest'
import { publicUrlOf } from './public-url.js'

describe('publicUrlOf', () => {
  it.each([
    [{ publicUrl: 'https://watch.example', origins: ['https://hub.example'] }, 'https://watch.example'],
    [{ publicUrl: null, origins: ['https://hub.example', 'http://localhost:8081'] }, 'https://hub.example'],
    [{ publicUrl: null, origins: [] }, 'http://localhost:8081'],
    [{ publicUrl: null, origins: [], host: '10.0.0.7' }, 'http://10.0.0.7:8081'],
  ])('of %j is %s', (settings, expected) => {
    expect(publicUrlOf({ host: '::', port: 8081, ...settings })).toBe(expected)
  })
})
