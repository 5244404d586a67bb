import { describe, expect, it } from 'vitest'
import { dayOf, spanOfDay } from '../../parts/day-span'
import { addressOf, readTerms, variablesOf } from './page-terms'

const read = (query: string) => readTerms(new URLSearchParams(query))

describe('the address of the page', () => {
  it('is short where nothing was chosen', () => {
    expect(addressOf('a1', read(''))).toBe('/websites/a1')
  })

  it.each([
    'range=30d&method=STRICT&verdict=Bad&day=2026-11-10&after=c1&round=2026-11-10T12%3A00%3A00.000Z',
    'before=c2',
    'range=7d',
  ])('says what was chosen: %s', (query) => {
    expect(addressOf('a1', read(query))).toBe(`/websites/a1?${query}`)
  })

  it('leaves out what means nothing', () => {
    expect(read('range=1y&method=MINE&verdict=good&day=2026-02-30&round=soon')).toEqual(read(''))
  })
})

describe('the variables of the document', () => {
  it('ask for the newest verdicts, and for a resolution that fits the range', () => {
    expect(variablesOf('a1', read('range=90d'), 'UTC')).toEqual({
      id: 'a1',
      timeZone: 'UTC',
      method: 'OBSERVED',
      range: 'LAST_90_DAYS',
      resolution: 'DAY',
      first: 20,
    })
  })

  it('page back and forth, and by a day', () => {
    expect(variablesOf('a1', read('after=c1'), 'UTC')).toMatchObject({ first: 20, after: 'c1' })
    const back = variablesOf('a1', read('before=c2'), 'UTC')
    expect(back).toMatchObject({ last: 20, before: 'c2' })
    expect(back).not.toHaveProperty('first')
    expect(variablesOf('a1', read('day=2026-11-10'), 'UTC')).toMatchObject(spanOfDay('2026-11-10') ?? {})
  })
})

describe('a day', () => {
  it('goes from midnight to midnight on the reader’s clock', () => {
    const span = spanOfDay('2026-11-30')
    expect(span?.from).toBe(new Date(2026, 10, 30).toISOString())
    expect(span?.to).toBe(new Date(2026, 11, 1).toISOString())
    expect(dayOf(span?.from ?? '')).toBe('2026-11-30')
  })
})
