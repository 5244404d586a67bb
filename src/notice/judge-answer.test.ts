import { describe, expect, it } from 'vitest'
import { judgeStatus, statusError } from './judge-answer.js'

describe('an answer with status', () => {
  it.each([
    [200, 'DELIVERED'],
    [299, 'DELIVERED'],
    [199, 'UNREACHABLE'],
    [300, 'REFUSED'],
    [301, 'REFUSED'],
    [400, 'REFUSED'],
    [404, 'REFUSED'],
    [408, 'UNREACHABLE'],
    [410, 'GONE'],
    [425, 'UNREACHABLE'],
    [429, 'UNREACHABLE'],
    [499, 'REFUSED'],
    [500, 'UNREACHABLE'],
    [503, 'UNREACHABLE'],
    [999, 'UNREACHABLE'],
  ])('%i is %s', (status, verdict) => {
    expect(judgeStatus(status)).toBe(verdict)
    expect(statusError(status) === null).toBe(verdict === 'DELIVERED')
  })

  it('that is not enough is told in words', () => {
    expect(statusError(404)).toContain('answered with status 404;')
    expect(statusError(302)).toContain('redirects are not followed')
    expect(statusError(410)).toContain('turned off')
  })
})
