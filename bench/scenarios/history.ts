import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { openPglite } from '../../src/store/open-pglite.js'
import { openPostgres } from '../../src/store/open-postgres.js'
import type { Store } from '../../src/store/store.js'
import { DAY_MS } from '../../src/time.js'
import type { Bench, DatabaseKind } from '../bench.js'
import { createClosers } from '../closers.js'
import { askDocuments } from '../history/ask-documents.js'
import { fillHistory, type FilledHistory, type HistorySize } from '../history/fill-history.js'
import { measureHistoryDisk } from '../history/measure-history-disk.js'
import type { QueryCommand, QueryTimes } from '../history/query-load.js'
import { startHubUnderTest, type HubUnderTest } from '../hub-under-test.js'
import { startWorker, type MeasuredProcess } from '../measured-process.js'
import { addFigures } from '../report.js'
import type { Scenario } from './scenario.js'

/** PGlite is for one owner's network: a tenth of the websites. */
const PGLITE_SHARE = 0.1
const SMALL: HistorySize = { websites: 10, days: 7, verdictDays: 7 }
const CONNECTIONS = 50
const REQUESTS_PER_S = 200
const DASHBOARD_WEBSITES = 50
const DASHBOARD_DAYS = 90
const DASHBOARD_REQUESTS = 100
const GROWTH_REQUESTS = 300
const WARM_UP_REQUESTS = 50

const UPTIME = `query ($id: ID!) { website(id: $id) {
  day: uptime(over: { window: LAST_24_HOURS }) { ratio } week: uptime(over: { window: LAST_7_DAYS }) { ratio }
  month: uptime(over: { window: LAST_30_DAYS }) { ratio } quarter: uptime(over: { window: LAST_90_DAYS }) { ratio }
} }`
/** Both sizes of the history have a whole week. */
const WEEK = `query ($id: ID!) { website(id: $id) { uptime(over: { window: LAST_7_DAYS }) { ratio latency { p95Us } } } }`
const DASHBOARD = `query ($first: Int!, $from: DateTime!, $to: DateTime!) { websites(first: $first) { edges { node {
  id name status openIncident { id startedAt }
  history(over: { span: { from: $from, to: $to } }, resolution: DAY) { from ratio }
  uptime(over: { window: LAST_24_HOURS }) { ratio latency { p95Us } }
} } } }`
const IDS = `query ($after: String) { websites(first: 100, after: $after) { edges { node { id } } pageInfo { hasNextPage endCursor } } }`

/** What owners read: uptime over four windows, a dashboard, and how both grow with the stored history. */
export const histories: readonly Scenario[] = (['postgres', 'pglite'] as const).map((kind) => ({
  name: `history-${kind}`,
  needs: kind === 'postgres' ? 'POSTGRES' : 'NOTHING',
  run: (bench) => run(bench, kind),
}))

interface Place {
  kind: DatabaseKind
  dataDir: string
  databaseUrl: string | null
  /** The first start's. */
  ownerToken: string | null
}

async function run(bench: Bench, kind: DatabaseKind): Promise<void> {
  const closers = createClosers()
  const leave = bench.closers.add(() => closers.closeAll())
  try {
    const dataDir = mkdtempSync(path.join(tmpdir(), 'overlaps-bench-history-'))
    closers.add(() => rmSync(dataDir, { recursive: true, force: true }))
    const databaseUrl = kind === 'postgres' ? ((await bench.cluster?.createDatabase()) ?? null) : null
    if (databaseUrl !== null) closers.add(() => bench.cluster?.dropDatabase(databaseUrl))
    const place: Place = { kind, dataDir, databaseUrl, ownerToken: null }
    const load = startWorker(new URL('../history/query-load.ts', import.meta.url))
    closers.add(load.stop)
    await measure(bench, place, load)
  } finally {
    await closers.closeAll()
    await leave()
  }
}

async function measure(bench: Bench, place: Place, load: MeasuredProcess): Promise<void> {
  const { historyWebsites, historyDays, verdictDays } = bench.options
  const websites = Math.max(SMALL.websites, historyWebsites * (place.kind === 'pglite' ? PGLITE_SHARE : 1))
  const name = `history-${place.kind}`
  await withHub(bench, place, (hub) => hub.createWebsites(websites))
  await fill(bench, place, SMALL, 0)
  const small = await withHub(bench, place, async (hub) => ask(bench, load, await weekOf(hub, SMALL.websites)))
  await fill(bench, place, { ...SMALL, days: historyDays, verdictDays }, 0, 'again')
  const filled = await fill(bench, place, { websites, days: historyDays, verdictDays }, SMALL.websites)
  await withHub(bench, place, async (hub) => {
    const large = await ask(bench, load, await weekOf(hub, SMALL.websites))
    const ids = await listIds(hub)
    const paced = {
      ...askOf(
        hub,
        UPTIME,
        ids.map((id) => ({ id })),
      ),
      connections: CONNECTIONS,
    }
    const steady = { ...paced, perSecond: REQUESTS_PER_S, count: REQUESTS_PER_S * bench.options.seconds }
    // Warms up for as long: each connection first plans its statements and reads the catalogue of the partitions.
    await load.ask<QueryTimes>(steady)
    await hub.reset()
    const uptime = await load.ask<QueryTimes>(steady)
    countFailed(bench, uptime)
    const usage = await hub.read()
    const board = await ask(bench, load, askOf(hub, DASHBOARD, [dashboardOf(filled)], DASHBOARD_REQUESTS))
    const documents = await askDocuments(load, hub, { ids: ids.slice(0, 5), lastRoundAt: filled.lastRoundAt })
    addFigures(bench.report, name, {
      uptimeP50Ms: uptime.p50Ms,
      uptimeP99Ms: uptime.p99Ms,
      uptimeCpuMsPerRequest: usage.cpuMs / (REQUESTS_PER_S * bench.options.seconds),
      dashboardP50Ms: board.p50Ms,
      dashboardP99Ms: board.p99Ms,
      documentsP50Ms: documents.p50Ms,
      documentsP99Ms: documents.p99Ms,
      documentsLoopP99Ms: documents.loopP99Ms,
      documentsLoopMaxMs: documents.loopMaxMs,
      smallWeekP50Ms: small.p50Ms,
      largeWeekP50Ms: large.p50Ms,
      growthRatio: large.p50Ms / small.p50Ms,
    })
  })
  await withStore(place, (store) => measureHistoryDisk(bench, store, name))
}

async function fill(bench: Bench, place: Place, size: HistorySize, from: number, which: 'first' | 'again' = 'first') {
  const startedAt = performance.now()
  return withStore(place, async (store): Promise<FilledHistory> => {
    if (which === 'again') {
      await store.sql.run('TRUNCATE "WebsiteTick", "Verdict", "QuarterRollup", "DayRollup", "WebsiteState", "Round"')
    }
    const filled = await fillHistory(store, size, from, Date.now())
    const seconds = ((performance.now() - startedAt) / 1000).toFixed(0)
    bench.say(`  filled in ${seconds} s: ${filled.ticks} ticks, ${filled.verdicts} verdicts, ${filled.rollups} rollups`)
    return filled
  })
}

async function withStore<Result>(place: Place, work: (store: Store) => Promise<Result>): Promise<Result> {
  const quiet = () => undefined
  const store =
    place.databaseUrl === null ? await openPglite(place.dataDir, quiet) : await openPostgres(place.databaseUrl, quiet)
  try {
    return await work(store)
  } finally {
    await store.close()
  }
}

async function withHub<Result>(
  bench: Bench,
  place: Place,
  work: (hub: HubUnderTest) => Promise<Result>,
): Promise<Result> {
  const own = createClosers()
  const leave = bench.closers.add(() => own.closeAll())
  try {
    const hub = await startHubUnderTest(own, place.databaseUrl, bench.options, place)
    place.ownerToken = hub.ownerToken
    return await work(hub)
  } finally {
    await own.closeAll()
    await leave()
  }
}

function askOf(
  { url, ownerToken: token }: HubUnderTest,
  query: string,
  variables: readonly Record<string, unknown>[],
  count = WARM_UP_REQUESTS,
): QueryCommand {
  return { url, token, query, variables, connections: 1, perSecond: null, count }
}

/** First a quarter of the requests, unmeasured: a hub that has just started is slower. */
async function ask(bench: Bench, load: MeasuredProcess, command: QueryCommand): Promise<QueryTimes> {
  await load.ask<QueryTimes>({ ...command, perSecond: null, count: Math.ceil(command.count / 4) })
  const times = await load.ask<QueryTimes>(command)
  countFailed(bench, times)
  return times
}

function countFailed(bench: Bench, { failed, firstFailure }: QueryTimes): void {
  if (failed > 0) bench.report.faults.push(`${failed} queries failed: ${firstFailure}`)
}

async function weekOf(hub: HubUnderTest, websites: number): Promise<QueryCommand> {
  const ids = (await listIds(hub)).slice(0, websites)
  return askOf(
    hub,
    WEEK,
    ids.map((id) => ({ id })),
    GROWTH_REQUESTS,
  )
}

function dashboardOf({ lastRoundAt }: FilledHistory) {
  const to = Math.ceil(lastRoundAt / DAY_MS) * DAY_MS
  return {
    first: DASHBOARD_WEBSITES,
    from: new Date(to - DASHBOARD_DAYS * DAY_MS).toISOString(),
    to: new Date(to).toISOString(),
  }
}

interface WebsitesPage {
  websites: { edges: { node: { id: string } }[]; pageInfo: { hasNextPage: boolean; endCursor: string } }
}

async function listIds({ query }: HubUnderTest): Promise<string[]> {
  const ids: string[] = []
  for (let after: string | null = null; ;) {
    const { websites }: WebsitesPage = await query<WebsitesPage>(IDS, { after })
    ids.push(...websites.edges.map(({ node }) => node.id))
    if (!websites.pageInfo.hasNextPage) return ids
    after = websites.pageInfo.endCursor
  }
}
