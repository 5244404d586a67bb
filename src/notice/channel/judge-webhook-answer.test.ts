import { describe, expect, it } from 'vitest'
import { judgeWebhookAnswer } from './judge-webhook-answer.js'

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
    expect(judgeWebhookAnswer(status).outcome).toBe(outcome)
    expect(judgeWebhookAnswer(status).error === null).toBe(outcome === 'DELIVERED')
  })

  it('that is not enough is told in words', () => {
    expect(judgeWebhookAnswer(404).error).toContain('answered with status 404;')
    expect(judgeWebhookAnswer(302).error).toContain('redirects are not followed')
    expect(judgeWebhookAnswer(410).error).toContain('turned off')
  })
})
