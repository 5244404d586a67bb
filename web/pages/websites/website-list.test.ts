import { describe, expect, it } from 'vitest'
import { applyChanges, outdates, type WebsiteList } from './website-list'

type Change = Parameters<typeof outdates>[1]

/** Only what the rules read. */
const row = (id: string, status = 'GOOD', enabled = true) => ({ id, status, enabled }) as WebsiteList['rows'][number]
const change = (cause: Change['cause'], website: WebsiteList['rows'][number], sequence: string | null = null) =>
  ({ cause, website, sequence }) as Change
const listOf = (...rows: WebsiteList['rows']) => ({ rows, hasMore: false }) as WebsiteList

describe('a list is asked again', () => {
  it.each(['CREATED', 'DELETED', 'UPDATED'] as const)('after %s, whether it is shown or not', (cause) => {
    expect(outdates(listOf(row('a')), change(cause, row('a')), new Map())).toBe(true)
    expect(outdates(listOf(), change(cause, row('a')), new Map())).toBe(true)
  })

  it.each(['CURRENT', 'ROUND_ENDED'] as const)('after %s only if a row is counted as something else', (cause) => {
    const list = listOf(row('a'))
    expect(outdates(list, change(cause, row('a')), new Map())).toBe(false)
    expect(outdates(list, change(cause, row('a', 'BAD')), new Map())).toBe(true)
    expect(outdates(list, change(cause, row('a', 'GOOD', false)), new Map())).toBe(true)
  })

  it('when a website that the filter hides becomes another, once', () => {
    const seen = new Map<string, string>()
    const outcomes = (['GOOD', 'GOOD', 'BAD', 'BAD'] as const).map((status) =>
      outdates(listOf(), change('ROUND_ENDED', row('hidden', status)), seen),
    )
    expect(outcomes).toEqual([false, false, true, false])
  })
})

it('of several events of a website the newest counts, whatever their order', () => {
  const events = [change('ROUND_ENDED', row('a', 'BAD'), '10'), change('ROUND_ENDED', row('a', 'GOOD'), '9')]
  expect(applyChanges(listOf(row('a'), row('b')), events).rows).toEqual([row('a', 'BAD'), row('b')])
  expect(applyChanges(listOf(row('a'), row('b')), [change('DELETED', row('a'))]).rows).toEqual([row('b')])
})
