import { describe, expect, it } from 'vitest'
import { spanOfDay } from '../../parts/day-span'
import { incidentsAddress, isBackwards, readTerms, variablesOf } from './list-terms'

const read = (query: string) => readTerms(new URLSearchParams(query))

describe('the address of the list of incidents', () => {
  it.each(['', '?state=OPEN&website=w1&from=2026-11-01&to=2026-11-30&after=c1', '?before=c2'])(
    'says what was chosen: %s',
    (query) => {
      expect(incidentsAddress(read(query))).toBe(`/incidents${query}`)
    },
  )

  it('leaves out what means nothing', () => {
    expect(read('state=open&from=2026-02-30&to=soon')).toEqual(read(''))
  })

  it('asks from the beginning of the first day to the end of the last', () => {
    expect(variablesOf(read('from=2026-11-01&to=2026-11-01'))).toEqual({
      state: 'ALL',
      ...spanOfDay('2026-11-01'),
      first: 20,
    })
  })

  it('leaves out a last day before the first, which the hub would refuse', () => {
    const terms = read('from=2026-11-02&to=2026-11-01')
    expect(isBackwards(terms)).toBe(true)
    expect(variablesOf(terms)).toEqual({ state: 'ALL', from: spanOfDay('2026-11-02')?.from, first: 20 })
  })
})
