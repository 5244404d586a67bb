import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Closers } from './closers.js'
import { startMeasured, TSX, type MeasuredProcess } from './measured-process.js'
import type { Options } from './options.js'

/** The real hub as a process of its own, on a free port. */
export interface HubUnderTest extends Pick<MeasuredProcess, 'reset' | 'read'> {
  url: string
  dataDir: string
  createWebsites(count: number): Promise<void>
  /** Begins a round out of turn; resolves when it is recorded and its dispatch has begun. */
  startRound(): Promise<void>
  /** Ends the process; its folder stays until all is closed. */
  stop(): Promise<void>
}

const PROGRAMS = {
  BUILD: [fileURLToPath(new URL('../dist/cli/main.js', import.meta.url))],
  SOURCE: ['--import', TSX, fileURLToPath(new URL('../src/cli/main.ts', import.meta.url))],
}
/** Once a week: rounds begin when the bench says so, and stay open while it answers. */
const RARELY = '0 0 * * 0'
const WEBSITES_PER_DOCUMENT = 50

export async function startHubUnderTest(
  closers: Closers,
  databaseUrl: string | null,
  { hubFrom, profileDir }: Pick<Options, 'hubFrom' | 'profileDir'>,
): Promise<HubUnderTest> {
  const dataDir = mkdtempSync(path.join(tmpdir(), 'overlaps-bench-hub-'))
  closers.add(() => rmSync(dataDir, { recursive: true, force: true }))
  const profile = profileDir === null ? [] : ['--cpu-prof', '--cpu-prof-dir', profileDir]
  const hub = startMeasured([...profile, ...PROGRAMS[hubFrom], 'hub'], {
    PORT: '0',
    NODE_ENV: 'production',
    OVERLAPS_HOST: '127.0.0.1',
    OVERLAPS_DATA_DIR: dataDir,
    OVERLAPS_ROUND_CRON: RARELY,
    OVERLAPS_ROUND_DEADLINE_MS: '3600000',
    OVERLAPS_ROUND_SPREAD_MS: '0',
    OVERLAPS_ALLOW_PRIVATE_TARGETS: '1',
    ...(databaseUrl !== null && { DATABASE_URL: databaseUrl }),
  })
  closers.add(hub.stop)
  const [, ownerToken] = await hub.line(/owner token: (\S+)/)
  const [, port] = await hub.line(/"url":"http:\/\/[^:]+:(\d+)"/)
  const operatorToken = readFileSync(path.join(dataDir, 'operator-token'), 'utf8').trim()
  const url = `http://127.0.0.1:${port}`
  return {
    url,
    dataDir,
    reset: hub.reset,
    read: hub.read,
    stop: hub.stop,
    createWebsites: (count) => createWebsites((query) => post(url, ownerToken ?? '', query), count),
    async startRound() {
      const { startRound } = await post(url, operatorToken, 'mutation { startRound { __typename } }')
      if (startRound?.__typename !== 'StartedRound') throw new Error('the hub did not begin a round')
    },
  }
}

type Typenames = Record<string, { __typename: string } | undefined>

async function post(url: string, token: string, query: string): Promise<Typenames> {
  const response = await fetch(`${url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
    body: JSON.stringify({ query }),
  })
  const { data, errors } = (await response.json()) as { data: Typenames; errors?: unknown }
  if (errors !== undefined) throw new Error(JSON.stringify(errors))
  return data
}

async function createWebsites(send: (query: string) => Promise<Typenames>, count: number): Promise<void> {
  for (let first = 0; first < count; first += WEBSITES_PER_DOCUMENT) {
    const fields = Array.from({ length: Math.min(WEBSITES_PER_DOCUMENT, count - first) }, (_, index) => {
      const name = `site-${first + index}`
      return `w${index}: createWebsite(input: { name: "${name}", url: "http://127.0.0.1:9/${name}" }) { __typename }`
    })
    const created = await send(`mutation { ${fields.join('\n')} }`)
    const refused = Object.values(created).find((one) => one?.__typename !== 'CreateWebsiteSuccess')
    if (refused) throw new Error(`the hub refused a website: ${refused.__typename}`)
  }
}
