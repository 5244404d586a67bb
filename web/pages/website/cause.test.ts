import { describe, expect, it } from 'vitest'
import { en } from '../../texts/en'
import { causeOf, causeText } from './cause'

const AT = '2026-12-01T14:05:00.000Z'

function tick(change: Partial<Parameters<typeof causeOf>[0]['badTicks']['edges'][number]['node']>) {
  return { node: { roundAt: AT, failure: 'STATUS' as const, detail: null, httpStatus: 503, ...change } }
}

describe('why it is Bad', () => {
  const verdict = { roundAt: AT, failures: [{ failure: 'STATUS' as const }, { failure: 'TIMEOUT' as const }] }

  it('is what most answers of the newest round say', () => {
    const edges = [tick({ httpStatus: 500 }), tick({}), tick({}), tick({ failure: 'TIMEOUT', httpStatus: null })]
    expect(causeOf({ verdict, badTicks: { edges } })).toEqual({ failure: 'STATUS', detail: null, httpStatus: 503 })
  })

  it('leaves out what was seen in other rounds', () => {
    const edges = [tick({ roundAt: '2026-12-01T14:04:00.000Z' })]
    expect(causeOf({ verdict, badTicks: { edges } })).toEqual({ failure: 'STATUS', detail: null, httpStatus: null })
  })

  it('is nothing where no answer was Bad', () => {
    expect(causeOf({ verdict: { roundAt: AT, failures: [] }, badTicks: { edges: [tick({})] } })).toBeNull()
    expect(causeOf({ verdict: null, badTicks: { edges: [] } })).toBeNull()
  })

  it('has words, and shows a code that it has no words for', () => {
    expect(causeText({ failure: 'TLS', detail: 'CERT_HAS_EXPIRED', httpStatus: null }, en)).toBe(
      'TLS certificate expired',
    )
    expect(causeText({ failure: 'STATUS', detail: null, httpStatus: 503 }, en)).toBe('HTTP status 503')
    expect(causeText({ failure: 'CONNECT', detail: 'EPIPE', httpStatus: null }, en)).toBe('no connection (EPIPE)')
    expect(causeText({ failure: 'TIMEOUT', detail: null, httpStatus: null }, en)).toBe('time ran out')
  })
})
