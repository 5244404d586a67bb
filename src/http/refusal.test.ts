import { pino } from 'pino'
import { describe, expect, it } from 'vitest'
import { maskError } from '../api/mask-error.js'
import { fault, FAULT_CODES, rateFault } from '../graph/fault.js'
import { DatabaseAway } from '../store/database-away.js'
import { refusalHeaders, refusalOf, refusalText } from './refusal.js'

describe('refusalOf', () => {
  it('gives every code a status of a failure', () => {
    expect(Object.fromEntries(FAULT_CODES.map((code) => [code, refusalOf(fault(code, '')).status]))).toEqual({
      UNAUTHENTICATED: 401,
      FORBIDDEN: 403,
      BAD_USER_INPUT: 400,
      GRAPHQL_PARSE_FAILED: 400,
      GRAPHQL_VALIDATION_FAILED: 400,
      LIMIT_EXCEEDED: 400,
      PERSISTED_QUERY_NOT_SUPPORTED: 400,
      RATE_LIMITED: 429,
      UNAVAILABLE: 503,
      INTERNAL_SERVER_ERROR: 500,
    })
  })

  it('says of a database that is away when to come again, and nothing of HTTP', () => {
    const refusal = refusalOf(
      maskError({ log: pino({ level: 'silent' }), settings: { introspection: true } }, new DatabaseAway()),
    )
    expect(refusal).toMatchObject({ status: 503, headers: { 'retry-after': '5' }, details: {} })
    expect(JSON.parse(refusalText(refusal))).toEqual({
      errors: [{ message: refusal.message, extensions: { code: 'UNAVAILABLE' } }],
    })
  })

  it('takes status and headers from a fault that names them, and tells the rest', () => {
    const refusal = refusalOf(rateFault(7))
    expect(refusal).toMatchObject({ status: 429, code: 'RATE_LIMITED', headers: { 'retry-after': '7' } })
    expect(JSON.parse(refusalText(refusal))).toEqual({
      errors: [{ message: refusal.message, extensions: { code: 'RATE_LIMITED', retryAfter: 7 } }],
    })
  })
})

describe('refusalHeaders', () => {
  const refusal = { status: 401, code: 'UNAUTHENTICATED', message: 'Send a token.' } as const

  it('ask for a token with 401, and never else', () => {
    expect(refusalHeaders(refusal)).toMatchObject({ 'www-authenticate': 'Bearer realm="overlaps"' })
    expect(refusalHeaders({ ...refusal, status: 403 })).not.toHaveProperty('www-authenticate')
  })

  it('are those of the refusal itself where it has some', () => {
    expect(refusalHeaders({ ...refusal, headers: { 'www-authenticate': 'Bearer' } })).toMatchObject({
      'www-authenticate': 'Bearer',
      connection: 'close',
    })
  })
})
