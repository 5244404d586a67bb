import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { pino } from 'pino'
import { readSettings } from '../hub/read-settings.js'
import { startHub, type Hub, type HubOverrides } from '../hub/start-hub.js'
import type { Settings } from '../settings.js'
import { cheapPasswords } from './cheap-passwords.js'
import { createManualClock, type ManualClock } from './manual-clock.js'
import { openTestStore } from './test-store.js'
import type { TestTemplate } from './test-template.js'
import { WIDE_RATES } from './unlimited-rates.js'

/** A real hub on a port of its own, with a database of its own and a clock that the test moves. */
export interface TestHub extends Hub {
  clock: ManualClock
  /** The first owner's. */
  ownerToken: string
  operatorToken: string
  /** What the hub logged as an error; a test that provokes none leaves it empty. */
  errors: unknown[]
  /** Sends a document over HTTP. */
  post<Data = Record<string, unknown>>(query: string, options?: PostOptions): Promise<PostAnswer<Data>>
}

export interface PostOptions {
  variables?: Record<string, unknown>
  token?: string
}

export interface PostAnswer<Data> {
  status: number
  data?: Data | null
  errors?: { message: string; extensions: Record<string, unknown>; path?: (string | number)[] }[]
}

export interface TestHubOptions {
  settings?: Partial<Settings>
  overrides?: Partial<HubOverrides>
  clock?: ManualClock
}

/** Read once, since the rounds of a cron expression take milliseconds to check. */
const DEFAULTS = readSettings({
  PORT: '0',
  OVERLAPS_HOST: '127.0.0.1',
  OVERLAPS_DATA_DIR: tmpdir(),
  OVERLAPS_ALLOW_PRIVATE_TARGETS: '1',
})

export async function startTestHub(template: TestTemplate, options: TestHubOptions = {}): Promise<TestHub> {
  const dataDir = await mkdtemp(path.join(tmpdir(), 'overlaps-hub-'))
  const clock = options.clock ?? createManualClock()
  const errors: unknown[] = []
  const log = pino({ level: 'error' }, { write: (line: string) => void errors.push(JSON.parse(line)) })
  const store = options.overrides?.store ?? (await openTestStore(template))
  const hub = await startHub(
    { ...DEFAULTS, dataDir, rates: WIDE_RATES, ...options.settings },
    {
      log,
      clock,
      store,
      passwords: cheapPasswords(),
      followSchedule: false,
      readDatabaseTime: async () => null,
      ...options.overrides,
    },
  )
  const url = hub.url.replace('localhost', '127.0.0.1')
  return {
    ...hub,
    url,
    clock,
    errors,
    ownerToken: hub.firstOwner?.token ?? '',
    operatorToken: hub.parts.operatorToken.text,
    post: (query, { variables = {}, token } = {}) => post(url, query, variables, token),
    async close() {
      await hub.close()
      await rm(dataDir, { recursive: true, force: true })
    },
  }
}

async function post<Data>(
  url: string,
  query: string,
  variables: Record<string, unknown>,
  token: string | undefined,
): Promise<PostAnswer<Data>> {
  const response = await fetch(`${url}/graphql`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      // A test that signs for seconds would write to connections that the hub has meanwhile given up.
      connection: 'close',
      ...(token !== undefined && { authorization: `Bearer ${token}` }),
    },
    body: JSON.stringify({ query, variables }),
  })
  return { status: response.status, ...((await response.json()) as object) }
}
