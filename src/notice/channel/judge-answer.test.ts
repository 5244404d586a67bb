import { describe, expect, it } from 'vitest'
import { judgeAnswer } from './judge-answer.js'

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
  ])('%i is %s', (status, outcome) => {
    expect(judgeAnswer(status).outcome).toBe(outcome)
    expect(judgeAnswer(status).error === null).toBe(outcome === 'DELIVERED')
  })

  it('that is not enough is told in words', () => {
    expect(judgeAnswer(404).error).toContain('answered with status 404;')
    expect(judgeAnswer(302).error).toContain('redirects are not followed')
    expect(judgeAnswer(410).error).toContain('turned off')
  })
})
