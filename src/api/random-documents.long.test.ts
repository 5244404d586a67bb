import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { fillHistory } from '../../bench/history/fill-history.js'
import { FAULT_CODES } from '../graph/fault.js'
import { buildSchema } from '../hub/schema.js'
import { insertWebsites } from '../testing/insert-websites.js'
import { countOperations } from '../testing/owner/parts.js'
import { randomQuery, type KnownThings } from '../testing/api/random-document.js'
import { startTestHub, type TestHub } from '../testing/test-hub.js'
import { openTestStore } from '../testing/test-store.js'
import { signUp } from '../testing/test-validator.js'

const WEBSITES = 100
const DOCUMENTS = 400
/** Of one document: as many pages as its cost has room for, and some for what is read for all of them together. */
const STATEMENTS_MAX = 1_100
const CODES = new Set<unknown>(FAULT_CODES.filter((code) => code !== 'INTERNAL_SERVER_ERROR'))

setFlagsFromString('--expose-gc')
const collectGarbage = runInNewContext('gc') as () => void

let hub: TestHub
let count: () => number
let known: KnownThings
let tokens: Record<string, string | undefined>
beforeAll(async () => {
  const counted = countOperations(await openTestStore(inject('template')))
  count = counted.count
  hub = await startTestHub(inject('template'), { overrides: { store: counted.store } })
  const { store } = hub.parts
  await insertWebsites(store, WEBSITES)
  const size = { websites: WEBSITES, days: 90, verdictDays: 0.25 }
  const { lastRoundAt } = await fillHistory(store, size, 0, hub.clock.now())
  const websites = await store.prisma.website.findMany({ take: 5 })
  const validators = await store.prisma.validator.findMany()
  known = { lastRoundAt, ids: [...websites, ...validators].map(({ id }) => id) }
  const { sessionToken } = await signUp(hub)
  tokens = { owner: hub.ownerToken, operator: hub.operatorToken, validator: sessionToken, nobody: undefined }
}, 300_000)
afterAll(() => hub.close())

interface Ran {
  bytes: number
  statements: number
  codes: unknown[]
}

async function run(query: string, token: string | undefined): Promise<Ran> {
  const before = count()
  const response = await fetch(`${hub.url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...(token !== undefined && { authorization: `Bearer ${token}` }) },
    body: JSON.stringify({ query }),
  })
  const text = await response.text()
  const { errors = [] } = JSON.parse(text) as { errors?: { extensions?: { code?: unknown } }[] }
  const codes = errors.map(({ extensions }) => extensions?.code)
  return { bytes: Buffer.byteLength(text), statements: count() - before, codes }
}

const schema = buildSchema()

describe('any document within the limits', () => {
  it.each(['owner', 'operator', 'validator', 'nobody'])(
    'of %s is answered within its bounds and leaves nothing',
    async (who) => {
      const documents = Array.from({ length: who === 'owner' ? DOCUMENTS : DOCUMENTS / 8 }, (_, seed) =>
        randomQuery(schema, known, seed),
      )
      await run(documents[0] ?? '', tokens[who])
      collectGarbage()
      const heap = process.memoryUsage().heapUsed
      let answered = 0
      for (const document of documents) {
        const { bytes, statements, codes } = await run(document, tokens[who])
        if (codes.length === 0) answered += 1
        expect(
          codes.filter((code) => !CODES.has(code)),
          document,
        ).toEqual([])
        expect(bytes, document).toBeLessThanOrEqual(hub.parts.settings.answerMaxBytes + 16 * 1024)
        expect(statements, document).toBeLessThanOrEqual(STATEMENTS_MAX)
      }
      collectGarbage()
      expect((process.memoryUsage().heapUsed - heap) / 2 ** 20).toBeLessThan(40)
      if (who === 'owner') expect(answered).toBeGreaterThan(DOCUMENTS / 10)
      expect(hub.errors).toEqual([])
    },
    600_000,
  )
})
