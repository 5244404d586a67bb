import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { afterEach, describe, expect, inject, it } from 'vitest'
import { SETTINGS } from '../settings.js'
import { WIDE_RATES } from '../testing/unlimited-rates.js'
import { startTestHub, type TestHub } from '../testing/test-hub.js'

let hub: TestHub
afterEach(() => hub.close())

setFlagsFromString('--expose-gc')
const collectGarbage = runInNewContext('gc') as () => void

async function codeOf(query: string): Promise<unknown> {
  const { errors } = await hub.post(query)
  return errors?.[0]?.extensions?.['code']
}

const many = (count: number, write: (index: number) => string) =>
  Array.from({ length: count }, (_, index) => write(index)).join(' ')

/** 12 kB that name one field some three hundred times, with arguments of their own. */
const repeating = (index: number) =>
  `query Q${index} { ${many(295, (at) => `x: website(id: "${index}-${at}") { id name }`)} }`
const circle = (index: number) =>
  `{ ...F0 } ${many(100, (at) => `fragment F${at} on Query { x${index}: viewer { ...F${(at + 1) % 100} ...F${(at + 2) % 100} } }`)}`
/** Within all limits of merging, and wrong in as many places as it has tokens. */
const unknown = (index: number) => `{ ${many(1_000, (at) => `websitse${index}x${at}`)} }`

describe('documents that are dear to check', () => {
  it('leave nothing behind, however many there are, and log nothing', async () => {
    hub = await startTestHub(inject('template'))
    for (const write of [repeating, circle, unknown]) expect(await codeOf(write(0))).toBeTypeOf('string')
    collectGarbage()
    const before = process.memoryUsage().heapUsed
    for (let index = 1; index <= 30; index++) {
      expect(await codeOf(repeating(index))).toBe('LIMIT_EXCEEDED')
      expect(await codeOf(circle(index))).toBe('GRAPHQL_VALIDATION_FAILED')
      expect(await codeOf(unknown(index))).toBe('GRAPHQL_VALIDATION_FAILED')
    }
    collectGarbage()
    expect((process.memoryUsage().heapUsed - before) / 2 ** 20).toBeLessThan(20)
    expect(hub.errors).toEqual([])
  }, 60_000)

  it('are charged by their length, so that their address soon waits', async () => {
    const ANONYMOUS_COST = SETTINGS.rates.ANONYMOUS_COST.least
    hub = await startTestHub(inject('template'), { settings: { rates: { ...WIDE_RATES, ANONYMOUS_COST } } })
    expect(await codeOf(unknown(1))).toBe('GRAPHQL_VALIDATION_FAILED')
    expect(await codeOf('{ __typename }')).toBe('RATE_LIMITED')
  })
})
