import { mkdtemp, rm } from 'node:fs/promises'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { pathToFileURL } from 'node:url'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { AgentEvent } from '../agent/agent-event.js'
import type { HubTask } from '../agent/link/open-hub-socket.js'
import { DEFAULT_CHECK } from '../protocol/check.js'
import { formatInstant } from '../protocol/text-forms.js'
import { startScriptedHub, type ScriptedHub } from '../testing/agent/scripted.js'
import { PATIENCE_MS, requireBuild, runProgram, type Program } from '../testing/cli/run-program.js'

const LOADED = pathToFileURL(path.resolve('dist/cli/run-command-line.js')).href
/**
 * Loaded before the program: it may open 64 files from when all of it is loaded, for Node itself opens more to load it.
 * At the signal it takes all of them but a few.
 */
const LIMITED = `data:text/javascript,${encodeURIComponent(`
  import { execFileSync } from 'node:child_process'
  import { closeSync, openSync } from 'node:fs'
  await import('${LOADED}')
  execFileSync('prlimit', ['--pid', String(process.pid), '--nofile=64:64'])
  process.on('SIGUSR2', () => {
    const opened = []
    try { for (;;) opened.push(openSync('/dev/null')) } catch {}
    for (const file of opened.splice(0, 4)) closeSync(file)
    console.error('TAKEN')
  })`)}`

/** A real agent for a hub that does as told, beside websites in this process. */
let folder: string
let hub: ScriptedHub
let site: Server
let siteUrl: string
/** What was signed as a website's fault. */
let bad: string[]
let answerAfterMs: number

beforeEach(async () => {
  await requireBuild()
  folder = await mkdtemp(path.join(tmpdir(), 'overlaps-strained-'))
  hub = await startScriptedHub(() => Date.now())
  bad = []
  hub.script.submit = ({ ticks }) => {
    bad.push(...ticks.flatMap(({ status, failure, detail }) => (status === 'Bad' ? [`${failure} ${detail}`] : [])))
    return { kind: 'SubmitTicksSuccess', rejected: [] }
  }
  answerAfterMs = 100
  site = createServer((_, response) => void setTimeout(() => response.end('well'), answerAfterMs))
  await new Promise<void>((resolve) => site.listen(0, '127.0.0.1', resolve))
  siteUrl = `http://127.0.0.1:${(site.address() as AddressInfo).port}/`
})
afterEach(async () => {
  await hub.close()
  site.closeAllConnections()
  await new Promise((resolve) => site.close(resolve))
  await rm(folder, { recursive: true })
})

function runAgent(options = ''): Program {
  const args = ['validator', '--hub', hub.url, '--allow-private', '--json', '--concurrency', '300', '--beacons', 'none']
  return runProgram(args, { cwd: folder, env: { NODE_OPTIONS: options } })
}

function eventsOf({ lines }: Program): AgentEvent[] {
  return lines.flatMap((line) => (line.startsWith('{') ? [JSON.parse(line) as AgentEvent] : []))
}

let roundNo = 0
/** A round that begins now, with all checks in its first second. */
function sendRound(urls: readonly string[], check: Partial<typeof DEFAULT_CHECK> = {}): string {
  const roundAt = Date.now()
  roundNo += 1
  const tasks = urls.map((url, index): HubTask => ({
    callbackId: `callback-${roundNo}-${index}`,
    websiteId: `website-${index}`,
    url,
    roundAt: formatInstant(roundAt),
    startAfterMs: Math.floor((index * 1000) / urls.length),
    deadlineAt: formatInstant(roundAt + 30_000),
    check: { ...DEFAULT_CHECK, ...check },
  }))
  for (let from = 0; from < tasks.length; from += 100) hub.sendTasks(tasks.slice(from, from + 100))
  return formatInstant(roundAt)
}

async function roundOf(agent: Program, roundAt: string) {
  const [line] = await agent.until(new RegExp(`.*"event":"ROUND","roundAt":"${roundAt}".*`))
  return JSON.parse(line) as AgentEvent & { event: 'ROUND' }
}

const websites = (count: number) =>
  Array.from({ length: count }, (_, index) =>
    index % 2 === 0 ? `${siteUrl}${index}` : `${siteUrl.replace('127.0.0.1', 'localhost')}${index}`,
  )

describe('an agent that may open 64 files', { timeout: PATIENCE_MS }, () => {
  test('checks 300 websites, fewer at once, and says so', async () => {
    const agent = runAgent(`--import=${LIMITED}`)
    await hub.next('TASKS')
    const round = await roundOf(agent, sendRound(websites(300)))
    expect(round).toMatchObject({ websites: 300, good: 300, bad: 0, accepted: 300 })
    const told = eventsOf(agent).filter(({ event }) => event === 'CONCURRENCY')
    expect(told).toEqual([expect.objectContaining({ from: 300, message: expect.stringContaining('ulimit -n') })])
  })

  test('signs nothing Bad when it is left with fewer, keeps its hub, and recovers', async () => {
    const agent = runAgent(`--import=${LIMITED}`)
    await hub.next('TASKS')
    agent.signal('SIGUSR2')
    await agent.until(/TAKEN/)
    const urls = websites(300)
    const first = await roundOf(agent, sendRound(urls))
    expect(bad).toEqual([])
    expect(first).toMatchObject({ websites: 300, bad: 0 })
    expect(first.unanswered.LOCAL_LIMIT).toBeGreaterThan(0)
    expect(first.accepted).toBe(first.good)
    const second = await roundOf(agent, sendRound(urls))
    expect(second).toMatchObject({ websites: 300, bad: 0 })
    expect(bad).toEqual([])
    expect(second.good).toBeGreaterThan(150)
    expect(hub.count('CONNECT')).toBe(1)
    expect(eventsOf(agent).filter(({ event }) => event === 'CANNOT_CHECK')).toHaveLength(1)
    const { input } = await hub.next('ABSTAIN')
    expect(input.reason).toBe('LOCAL_LIMIT')
  })
})

describe('an agent that is stopped', { timeout: PATIENCE_MS }, () => {
  test('while it checks signs no time-out for it, and is well again in the next round', async () => {
    const agent = runAgent()
    await hub.next('TASKS')
    answerAfterMs = 500
    const urls = websites(20)
    const asked = new Promise((resolve) => site.once('request', resolve))
    const roundAt = sendRound(urls, { timeoutMs: 2_000 })
    await asked
    agent.signal('SIGSTOP')
    // It stands still for longer than its checks may take.
    await new Promise((resolve) => setTimeout(resolve, 4_000))
    agent.signal('SIGCONT')
    const stopped = await roundOf(agent, roundAt)
    expect(stopped).toMatchObject({ websites: 20, bad: 0 })
    expect(await roundOf(agent, sendRound(urls, { timeoutMs: 2_000 }))).toMatchObject({ good: 20, unanswered: {} })
  })
})
