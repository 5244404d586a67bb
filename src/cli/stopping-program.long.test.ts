import { once } from 'node:events'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { eventually } from '../testing/eventually.js'
import { openReadySocket } from '../testing/raw-socket.js'
import { askProgram, PATIENCE_MS, requireBuild, runProgram, type Program } from '../testing/cli/run-program.js'

/** Loaded before the program: two bugs, each set off by a signal. */
const WITH_BUGS = `data:text/javascript,${encodeURIComponent(`
  process.on('SIGUSR2', () => { throw new Error('a bug') })
  process.on('SIGALRM', () => void Promise.reject(new Error('a bug that nobody awaits')))`)}`
const BUGS = [
  ['is thrown', 'SIGUSR2', 'a bug'],
  ['is rejected', 'SIGALRM', 'a bug that nobody awaits'],
] as const

let folder: string
let hanging: Server
beforeAll(async () => {
  await requireBuild()
  folder = await mkdtemp(path.join(tmpdir(), 'overlaps-stopping-'))
  // It never answers.
  hanging = createServer(() => undefined)
  hanging.listen(0, '127.0.0.1')
  await once(hanging, 'listening')
})
afterAll(async () => {
  hanging.closeAllConnections()
  hanging.close()
  await rm(folder, { recursive: true })
})

/** The schedule is half a day away: only tests begin rounds. */
const env = {
  PORT: '0',
  OVERLAPS_ALLOW_PRIVATE_TARGETS: '1',
  OVERLAPS_ROUND_SPREAD_MS: '0',
  NODE_OPTIONS: `--import=${WITH_BUGS}`,
  OVERLAPS_ROUND_CRON: `0 ${(new Date().getUTCHours() + 12) % 24} * * *`,
}
const run = (args: string[]) => runProgram(args, { cwd: folder, env })
const linesOf = ({ lines }: Program) =>
  lines.filter((line) => line.startsWith('{')).map((line) => JSON.parse(line) as { level: number; msg: string })

async function runHub() {
  const hub = run(['hub'])
  const [line] = await hub.until(/.*hub started.*/)
  const { url } = JSON.parse(line) as { url: string }
  return { hub, url, socket: await openReadySocket({ url }) }
}

/** In this order, on one data folder. */
describe('overlaps hub', () => {
  test(
    'ends in good order at SIGTERM, and tells its sockets to come back',
    async () => {
      const { hub, socket } = await runHub()
      hub.signal('SIGTERM')
      expect(await socket.closed).toMatchObject({ code: 1012 })
      expect(await hub.ended).toBe(0)
      expect(
        linesOf(hub)
          .map(({ msg }) => msg)
          .slice(-2),
      ).toEqual(['hub stopping', 'hub stopped'])
    },
    PATIENCE_MS,
  )

  test.each(BUGS)(
    'with a bug that %s tells it with its stack, ends in good order and with 1',
    async (_how, signal, words) => {
      const { hub, socket } = await runHub()
      hub.signal(signal)
      expect(await socket.closed).toMatchObject({ code: 1012 })
      expect(await hub.ended).toBe(1)
      const told = linesOf(hub).slice(-3)
      expect(told.map(({ msg }) => msg)).toEqual(['unexpected error: stopping', 'hub stopping', 'hub stopped'])
      expect(told[0]).toMatchObject({
        level: 60,
        error: { type: 'Error', message: words, stack: expect.stringContaining('at ') },
      })
    },
    PATIENCE_MS,
  )
})

describe('overlaps up', () => {
  const urlOf = async (up: Program) => (await up.until(/^GraphiQL: (http:\S+)\/graphql$/))[1] ?? ''

  test(
    'leaves at once at the second SIGTERM',
    async () => {
      const up = run(['up'])
      const url = await urlOf(up)
      await up.until(/^Connected/)
      const operatorToken = (await readFile(path.join(folder, 'data/operator-token'), 'utf8')).trim()
      const { createOwner } = await askProgram(
        url,
        operatorToken,
        'mutation { createOwner(input: { email: "ada@example.com" }) { ... on CreateOwnerSuccess { token } } }',
      )
      const site = `http://127.0.0.1:${(hanging.address() as AddressInfo).port}/`
      const create = `mutation { createWebsite(input: { name: "Site", url: "${site}" }) { __typename } }`
      await askProgram(url, (createOwner as { token: string }).token, create)
      const asked = once(hanging, 'request')
      await askProgram(url, operatorToken, 'mutation { startRound { __typename } }')
      await asked
      let code: number | null | undefined
      void up.ended.then((ended) => (code = ended))
      up.signal('SIGTERM')
      await up.until(/^Stopping/)
      // A signal right after the first counts as its echo.
      await eventually(() => {
        up.signal('SIGTERM')
        expect(code).toBe(1)
      })
    },
    PATIENCE_MS,
  )

  test(
    'with a bug tells it with its stack, ends in good order and with 1',
    async () => {
      const up = run(['up'])
      await urlOf(up)
      await up.until(/^Connected/)
      up.signal('SIGUSR2')
      expect(await up.ended).toBe(1)
      const text = up.lines.join('\n')
      expect(text).toMatch(/^fatal: unexpected error: stopping\nError: a bug\n {4}at /m)
      expect(text).toMatch(/^Stopped\.$/m)
    },
    PATIENCE_MS,
  )
})

describe('overlaps validator', () => {
  test.each(BUGS)(
    'with a bug that %s tells it, ends in good order and with 1',
    async (_how, signal, words) => {
      const validator = run(['validator', '--hub', 'http://127.0.0.1:9'])
      await validator.until(/Trying again/)
      validator.signal(signal)
      expect(await validator.ended).toBe(1)
      const text = validator.lines.join('\n')
      expect(text).toContain(`fatal: unexpected error: stopping\nError: ${words}\n    at `)
      expect(text).toMatch(/^Stopped\.$/m)
    },
    PATIENCE_MS,
  )
})
