import { expect, it } from 'vitest'
import { type Check, DEFAULT_CHECK } from '../protocol/check.js'
import { mergeCheck } from './merge-check.js'
import { readCheck } from './read-check.js'

const CURRENT: Check = {
  method: 'POST',
  timeoutMs: 3_000,
  statuses: '200,401',
  redirects: 0,
  keyword: 'ok',
  keywordMust: 'PRESENT',
  maxLatencyMs: 800,
  certificateDays: 14,
  ipVersion: 'V6',
  headers: [{ name: 'authorization', value: 'secret' }],
  body: 'ping',
}

it('changes nothing for nothing', () => {
  expect(mergeCheck(CURRENT, {})).toStrictEqual(CURRENT)
})

it('leaves what is undefined', () => {
  expect(mergeCheck(CURRENT, { timeoutMs: undefined, redirects: 3 })).toStrictEqual({ ...CURRENT, redirects: 3 })
})

it('goes back to the default for null', () => {
  const nulls = Object.fromEntries(Object.keys(CURRENT).map((name) => [name, null]))
  expect(mergeCheck(CURRENT, nulls)).toStrictEqual(DEFAULT_CHECK)
})

it('replaces the headers as a whole', () => {
  const headers = [{ name: 'accept', value: 'text/html' }]
  expect(mergeCheck(CURRENT, { headers }).headers).toStrictEqual(headers)
})

it('keeps out what is no setting', () => {
  expect(mergeCheck(CURRENT, { other: 1 } as object)).toStrictEqual(CURRENT)
})

it('reads settings written before a field existed', () => {
  const { body: _, ...older } = CURRENT
  expect(readCheck(older)).toStrictEqual({ ...CURRENT, body: null })
})
