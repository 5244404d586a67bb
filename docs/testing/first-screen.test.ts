import { readFile } from 'node:fs/promises'
import { getOperationAST, parse } from 'graphql'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { documentCost, schemaScale } from '../../src/graph/document-cost.js'
import { hubSchema } from '../../src/hub/schema.js'
import { addTestVerdicts, closeTestRound } from '../../src/testing/history/closings.js'
import { insertWebsites } from '../../src/testing/insert-websites.js'
import { countOperations } from '../../src/testing/owner/parts.js'
import { startTestHub, type TestHub } from '../../src/testing/test-hub.js'
import { openTestStore } from '../../src/testing/test-store.js'
import { MINUTE_MS } from '../../src/time.js'
import { readExamples } from './read-examples.js'

const WEBSITES = 50
const ROUNDS = 45
/** For all of it, whatever the number of websites. */
const STATEMENTS_MAX = 12

interface FirstScreen {
  websites: {
    counts: { total: number; disabled: number }
    edges: {
      node: { recentVerdicts: { status: string }[]; days: { ratio: number | null }[]; day: { ratio: number } }
    }[]
  }
}

const examples = await readExamples('docs/frontend.md')
const text = await readFile('docs/frontend.md', 'utf8')
const source = examples.find(({ block }) => block.text.startsWith('query FirstScreen'))?.block.text ?? ''

let hub: TestHub
let count: () => number

beforeAll(async () => {
  const counted = countOperations(await openTestStore(inject('template')))
  count = counted.count
  hub = await startTestHub(inject('template'), { overrides: { store: counted.store } })
  const { store } = hub.parts
  await insertWebsites(store, WEBSITES)
  const websites = await store.prisma.website.findMany()
  const last = Math.floor(hub.clock.now() / MINUTE_MS) * MINUTE_MS - MINUTE_MS
  for (let round = 0; round < ROUNDS + 5; round++) {
    const roundAt = last - round * MINUTE_MS
    const status = (no: number) => (no % 10 === 0 && round < 3 ? 'Bad' : 'Good')
    await addTestVerdicts(
      store,
      websites.map(({ no }) => ({ roundAt, websiteNo: no, status: status(no), goodLatenciesUs: [90_000 + no] })),
    )
  }
  await closeTestRound(store, last)
}, 60_000)
afterAll(() => hub.close())

async function firstScreen(websites: number) {
  const before = count()
  const document = source.replace('first: 50', `first: ${websites}`)
  const { data, errors } = await hub.post<FirstScreen>(document, { token: hub.ownerToken })
  expect(errors).toBeUndefined()
  return { websites: data?.websites, statements: count() - before }
}

describe('the first screen of a dashboard', () => {
  it('comes whole in one document at the default limits', async () => {
    const { websites } = await firstScreen(WEBSITES)
    expect(websites?.counts).toMatchObject({ total: WEBSITES, disabled: 0 })
    const nodes = websites?.edges.map(({ node }) => node) ?? []
    expect(nodes.map(({ recentVerdicts }) => recentVerdicts.length)).toEqual(Array(WEBSITES).fill(ROUNDS))
    expect(nodes.every(({ days }) => days.length >= 90 && days.some(({ ratio }) => ratio !== null))).toBe(true)
    expect(new Set(nodes.map(({ day }) => day.ratio))).toEqual(new Set([1, 0.94]))
  })

  it('takes as many statements for 50 websites as for 5', async () => {
    // The first time, the token is looked up as well.
    await firstScreen(1)
    const few = await firstScreen(5)
    const many = await firstScreen(WEBSITES)
    expect(many.statements).toBe(few.statements)
    expect(many.statements).toBeLessThanOrEqual(STATEMENTS_MAX)
  })

  it('costs what the document says, by all that it can hold', () => {
    const document = parse(source)
    const operation = getOperationAST(document)
    if (!operation) throw new Error('no operation')
    const { cost } = documentCost(schemaScale(hubSchema()), document, operation, {})
    expect(cost).toBeGreaterThan(WEBSITES * (90 * 3 + ROUNDS * 3))
    const [, said = ''] = /cost about ([\d,]+) of the 100,000/.exec(text) ?? []
    expect(Math.round(cost / 100) * 100).toBe(Number(said.replace(',', '')))
    expect(cost).toBeLessThan(hub.parts.settings.documentLimits.cost / 4)
  })
})
