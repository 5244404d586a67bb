import { readFile } from 'node:fs/promises'
import { afterAll, describe, expect, inject, it } from 'vitest'
import { ask } from '../testing/owner/parts.js'
import { formatInstant } from '../protocol/text-forms.js'
import { ensurePartitions } from '../store/partitions.js'
import { MINUTE_MS } from '../time.js'
import { ACCOUNTING_METHODS, type AccountingMethodName, uptimeRatio } from './accounting.js'
import { LatencySketch } from './latency-sketch.js'
import { addTestVerdicts, closeTestRound } from '../testing/history/closings.js'
import { createTestGraph } from '../testing/history/graph.js'

const text = await readFile('docs/verdicts.md', 'utf8')
const METHODS = Object.keys(ACCOUNTING_METHODS) as AccountingMethodName[]
const DAY_MINUTES = 1_440

/** The rows of the document's table with these columns. */
function table(...columns: string[]): string[][] {
  const lines = text.split('\n')
  const head = lines.indexOf(`| ${columns.join(' | ')} |`)
  if (head === -1) throw new Error(`there is no table of ${columns.join(', ')}`)
  const rows = lines.slice(head + 2)
  const end = rows.findIndex((line) => !line.startsWith('|'))
  return rows.slice(0, end).map((line) =>
    line
      .split('|')
      .slice(1, -1)
      .map((cell) => cell.trim().replaceAll('`', '')),
  )
}

const KINDS = ['Good', 'Bad', 'Inconclusive', 'maintenance Good', 'maintenance Bad', 'missing', 'disabled']
const examples = table('example', ...KINDS, ...METHODS).map(([name = '', ...cells]) => {
  const [
    goodMs = 0,
    badMs = 0,
    inconclusiveMs = 0,
    maintenanceGoodMs = 0,
    maintenanceBadMs = 0,
    missingMs = 0,
    disabledMs = 0,
  ] = cells.slice(0, 7).map((cell) => Number(cell) * MINUTE_MS)
  const maintenanceMs = maintenanceGoodMs + maintenanceBadMs
  const times = {
    goodMs,
    badMs,
    inconclusiveMs,
    maintenanceMs,
    maintenanceGoodMs,
    maintenanceBadMs,
    missingMs,
    disabledMs,
  }
  const ratios = cells.slice(7).map((cell) => (cell === 'null' ? null : Number(cell)))
  return { name, times, ratios }
})

describe('the document', () => {
  it('names the methods', () => {
    const names = table('`method:`', 'name', 'up', 'down', 'counts as neither').map(([, name]) => name)
    expect(names).toEqual(METHODS.map((method) => ACCOUNTING_METHODS[method].name))
  })

  it.each(examples)('counts $name', ({ times, ratios }) => {
    expect(METHODS.map((method) => uptimeRatio(ACCOUNTING_METHODS[method].count(times)))).toEqual(ratios)
  })

  it.each(table('latencies in µs', 'count', 'p50Us', 'p95Us', 'p99Us', 'sketch'))(
    'has the percentiles of %s',
    (latencies = '', ...expected) => {
      const sketch = new LatencySketch()
      for (const latency of latencies.split(' ')) sketch.add(Number(latency))
      const percentiles = [50, 95, 99].map((percent) => String(Math.round(sketch.percentile(percent) ?? Number.NaN)))
      const bytes = Buffer.from(sketch.encode()).toString('base64')
      expect([String(sketch.count), ...percentiles, bytes]).toEqual(expected)
    },
  )
})

describe('a hub', async () => {
  const { parts, owner, schema, addWebsite } = await createTestGraph(inject('template'))
  const { store, clock } = parts
  afterAll(() => store.close())
  const to = clock.now()
  await ensurePartitions(store, to)
  await closeTestRound(store, to - 45_000)

  const ofDays = examples.filter(({ times }) => Object.values(times).every((ms) => ms <= DAY_MINUTES * MINUTE_MS))
  it.each(ofDays)('shows $name as the document counts it', async ({ name, times, ratios }) => {
    const { goodMs, badMs, inconclusiveMs, maintenanceGoodMs, maintenanceBadMs, missingMs, disabledMs } = times
    const website = await addWebsite(`site-${ofDays.findIndex((example) => example.name === name)}`)
    const from = to - goodMs - badMs - inconclusiveMs - maintenanceGoodMs - maintenanceBadMs - missingMs - disabledMs
    // Disabled time comes first, missing time last.
    await store.sql.query(`UPDATE "WebsiteChange" SET at = $2::timestamptz WHERE "websiteId" = $1::uuid`, [
      website.id,
      new Date(from + disabledMs),
    ])
    let roundAt = from + disabledMs
    for (const [status, lastsMs, inMaintenance] of [
      ['Good', goodMs, false],
      ['Bad', badMs, false],
      ['Inconclusive', inconclusiveMs, false],
      ['Good', maintenanceGoodMs, true],
      ['Bad', maintenanceBadMs, true],
    ] as const) {
      if (lastsMs > 0)
        await addTestVerdicts(store, [{ roundAt, websiteNo: website.no, status, inMaintenance, lastsMs }])
      roundAt += lastsMs
    }
    const window = `over: { span: { from: "${formatInstant(from)}", to: "${formatInstant(to)}" } }`
    const fields = 'method ratio goodMs badMs inconclusiveMs maintenanceMs missingMs disabledMs'
    const source = `{ website(id: "${website.id}") {
      ${METHODS.map((method) => `${method}: uptime(${window}, method: ${method}) { ${fields} }`).join(' ')} } }`
    const { data, errors } = await ask<{ website: object }>(schema, parts, owner, source)
    expect(errors).toBeUndefined()
    const shown = { goodMs, badMs, inconclusiveMs, maintenanceMs: times.maintenanceMs, missingMs, disabledMs }
    expect(data.website).toEqual(
      Object.fromEntries(
        METHODS.map((method, index) => [
          method,
          { method: ACCOUNTING_METHODS[method].name, ratio: ratios[index], ...shown },
        ]),
      ),
    )
  })
})
