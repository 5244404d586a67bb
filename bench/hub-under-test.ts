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
  /** The first owner's, to whom all websites belong. */
  ownerToken: string
  dataDir: string
  createWebsites(count: number): Promise<void>
  query<Data>(query: string, variables?: Record<string, unknown>): Promise<Data>
  /** Resolves when the round is recorded and its dispatch has begun. */
  startRound(): Promise<void>
  /** The folder stays until everything is closed. */
  stop(): Promise<void>
}

const PROGRAMS = {
  BUILD: [fileURLToPath(new URL('../dist/cli/main.js', import.meta.url))],
  SOURCE: ['--import', TSX, fileURLToPath(new URL('../src/cli/main.ts', import.meta.url))],
}
/** Once a week: the bench starts rounds itself, and they stay open while it answers. */
const RARELY = '0 0 * * 0'
const WEBSITES_PER_DOCUMENT = 50
const UNLIMITED = '1000000000'

export interface HubGiven {
  /** Outlives the hub; without it the hub gets a folder of its own. */
  dataDir?: string
  /** For a folder or database that was started before: the token of its first start. */
  ownerToken?: string | null
  environment?: Record<string, string>
}

export async function startHubUnderTest(
  closers: Closers,
  databaseUrl: string | null,
  { hubFrom, profileDir }: Pick<Options, 'hubFrom' | 'profileDir'>,
  given: HubGiven = {},
): Promise<HubUnderTest> {
  const dataDir = given.dataDir ?? makeFolder(closers)
  const profile = profileDir === null ? [] : ['--cpu-prof', '--cpu-prof-dir', profileDir]
  const hub = startMeasured([...profile, ...PROGRAMS[hubFrom], 'hub'], {
    PORT: '0',
    NODE_ENV: 'production',
    OVERLAPS_HOST: '127.0.0.1',
    OVERLAPS_DATA_DIR: dataDir,
    OVERLAPS_ROUND_CRON: RARELY,
    OVERLAPS_ROUND_DEADLINE_MS: '3600000',
    OVERLAPS_ROUND_SPREAD_MS: '0',
    OVERLAPS_DOCUMENT_MUTATIONS_MAX: String(WEBSITES_PER_DOCUMENT),
    OVERLAPS_ALLOW_PRIVATE_TARGETS: '1',
    // Everything comes from one address here.
    OVERLAPS_RATE_ANONYMOUS_PER_MINUTE: UNLIMITED,
    OVERLAPS_RATE_OWNER_PER_MINUTE: UNLIMITED,
    OVERLAPS_RATE_SIGNUPS_PER_MINUTE: UNLIMITED,
    ...(databaseUrl !== null && { DATABASE_URL: databaseUrl }),
    ...given.environment,
  })
  closers.add(hub.stop)
  const ownerToken = given.ownerToken ?? (await hub.line(/owner token: (\S+)/))[1] ?? ''
  const [, port] = await hub.line(/"url":"http:\/\/[^:]+:(\d+)"/)
  const operatorToken = readFileSync(path.join(dataDir, 'operator-token'), 'utf8').trim()
  const url = `http://127.0.0.1:${port}`
  return {
    url,
    ownerToken,
    dataDir,
    reset: hub.reset,
    read: hub.read,
    stop: hub.stop,
    createWebsites: (count) => createWebsites((query) => post(url, ownerToken, query), count),
    query: (query, variables) => post(url, ownerToken, query, variables),
    async startRound() {
      const { startRound } = await post(url, operatorToken, 'mutation { startRound { __typename } }')
      if (startRound?.__typename !== 'StartRoundSuccess') throw new Error('the hub did not begin a round')
    },
  }
}

type Typenames = Record<string, { __typename: string } | undefined>

function makeFolder(closers: Closers): string {
  const folder = mkdtempSync(path.join(tmpdir(), 'overlaps-bench-hub-'))
  closers.add(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}

async function post<Data = Typenames>(
  url: string,
  token: string,
  query: string,
  variables: Record<string, unknown> = {},
): Promise<Data> {
  const response = await fetch(`${url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
    body: JSON.stringify({ query, variables }),
  })
  const { data, errors } = (await response.json()) as { data: Data; errors?: unknown }
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
