import { once } from 'node:events'
import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, inject, test } from 'vitest'
import { fillRounds } from '../testing/export/export.js'
import { startTestHub, type TestHub } from '../testing/test-hub.js'
import { createWebsites } from '../testing/test-validator.js'
import { runHere, runToEndHere } from '../testing/cli/run-here.js'

let hub: TestHub
let websites: string[]
/** Sends half an export, and what no hub would send. */
let stranger: Server
let strangerUrl: string
let folder: string
let env: Record<string, string>

beforeAll(async () => {
  hub = await startTestHub(inject('template'))
  websites = await createWebsites(hub, 2)
  await fillRounds(hub, { rounds: 3, validators: 4 })
  stranger = createServer((request, response) => {
    if (!request.url?.startsWith('/export/ticks')) return void response.end('well')
    response.writeHead(200, { 'content-type': 'text/csv' })
    response.write('a\r\nb\r\n', () => {
      if (request.url?.endsWith('.csv')) response.destroy()
    })
  })
  stranger.listen(0, '127.0.0.1')
  await once(stranger, 'listening')
  strangerUrl = `http://127.0.0.1:${(stranger.address() as AddressInfo).port}`
})
afterAll(async () => {
  stranger.closeAllConnections()
  stranger.close()
  await hub.close()
})
beforeEach(async (context) => {
  folder = await mkdtemp(path.join(tmpdir(), 'overlaps-export-'))
  context.onTestFinished(() => rm(folder, { recursive: true }))
  env = { OVERLAPS_TOKEN: hub.ownerToken, OVERLAPS_HUB: hub.url }
})

const end = (...args: string[]) => runToEndHere(['export', ...args], { cwd: folder, env })
const inFolder = (name: string) => path.join(folder, name)

describe('overlaps export', () => {
  test('prints CSV', async () => {
    const { code, text } = await end('ticks')
    expect(code).toBe(0)
    expect(text.split('\n')).toHaveLength(1 + 2 * 3 * 4)
    expect(text).toMatch(/^round_at,website,/)
  })

  test('writes the form that a file is named after, for one website and a window', async () => {
    const [website = ''] = websites
    const window = ['--from', '2026-11-22T08:01:00.000Z', '--to', '2026-11-23']
    expect(await end('verdicts', '--website', website, ...window, '-o', 'v.jsonl')).toEqual({ code: 0, text: '' })
    const rows = (await readFile(inFolder('v.jsonl'), 'utf8')).trimEnd().split('\n')
    expect(rows.map((row) => (JSON.parse(row) as { website: string }).website)).toEqual([website, website])
    expect((await stat(inFolder('v.jsonl'))).mode & 0o777).toBe(0o600)
    expect(await readdir(folder)).toEqual(['v.jsonl'])
  })

  test('overwrites a file only when it is told to', async () => {
    await writeFile(inFolder('v.csv'), 'mine')
    expect(await end('verdicts', '-o', 'v.csv')).toEqual({
      code: 2,
      text: expect.stringMatching(/^v\.csv already exists/),
    })
    expect(await readFile(inFolder('v.csv'), 'utf8')).toBe('mine')
    expect((await end('verdicts', '-o', 'v.csv', '--force')).code).toBe(0)
    expect(await readFile(inFolder('v.csv'), 'utf8')).toMatch(/^round_at,/)
    expect(await readdir(folder)).toEqual(['v.csv'])
  })

  test('reads the token from a file', async () => {
    env = {}
    await writeFile(inFolder('token'), `${hub.ownerToken}\n`)
    const outcome = await end('rosters', '--format', 'jsonl', '--hub', hub.url, '--token', 'token')
    expect(outcome.code).toBe(0)
    expect(outcome.text.split('\n')).toHaveLength(2 * 3 * 4)
  })

  test("is an operator's way to an owner's records", async () => {
    const { dataDir, port } = hub.parts.settings
    env = { OVERLAPS_DATA_DIR: dataDir, PORT: String(port), OVERLAPS_HOST: '127.0.0.1', OVERLAPS_TOKEN: 'ovo_none' }
    const outcome = await end('verdicts', '--owner', 'owner@localhost')
    expect(outcome.code).toBe(0)
    expect(outcome.text.split('\n')).toHaveLength(1 + 2 * 3)
    expect(await end('verdicts', '--owner', 'nobody@localhost')).toEqual({
      code: 2,
      text: 'There is no owner with that email address.',
    })
  })
})

describe('overlaps export ends with 2 and one sentence for', () => {
  test.each([
    { what: 'no kind', args: [], words: /missing required argument/ },
    { what: 'an unknown kind', args: ['tocks'], words: /^The kind must be one of ticks, rosters, verdicts/ },
    { what: 'an unknown format', args: ['ticks', '--format', 'xml'], words: /^--format must be one of csv, jsonl/ },
    { what: 'an unknown flag', args: ['ticks', '--form', '2026-11-22'], words: /unknown option/ },
    { what: 'a wrong instant', args: ['ticks', '--from', 'today'], words: /^from must be an instant/ },
    { what: 'no website', args: ['ticks', '--website', ''], words: /^You have no website with that ID/ },
    { what: 'no hub', args: ['ticks', '--hub', 'ftp://x'], words: /^The hub \(--hub or OVERLAPS_HUB\) must be/ },
    { what: 'a token that is not there', args: ['ticks', '--token', 'none'], words: /cannot be read \(ENOENT\)/ },
    { what: '--force without a file', args: ['ticks', '--force'], words: /^--force needs a file/ },
    { what: 'a folder as the file', args: ['ticks', '-o', '.'], words: /^\. already exists/ },
    {
      what: 'a folder that is not there',
      args: ['ticks', '-o', 'no/t.csv'],
      words: /^no\/t\.csv cannot be created \(ENOENT\)/,
    },
    { what: 'both tokens', args: ['ticks', '--owner', 'a@b', '--token', 'x'], words: /^--owner asks as the operator/ },
    { what: 'no data folder', args: ['ticks', '--owner', 'a@b'], words: /^There is no operator token in/ },
  ])('$what', async ({ args, words }) => {
    const { code, text } = await end(...args)
    expect(text).toMatch(words)
    expect(text).not.toContain('    at ')
    expect(code).toBe(2)
    expect(await readdir(folder)).toEqual([])
  })

  test('no token, and one that is none', async () => {
    env = { OVERLAPS_HUB: hub.url }
    expect(await end('ticks')).toEqual({ code: 2, text: expect.stringMatching(/^An export needs an owner's token/) })
    env = { ...env, OVERLAPS_TOKEN: 'ovo_wrong' }
    expect(await end('ticks')).toEqual({ code: 2, text: expect.stringMatching(/^The token is unknown/) })
    env = { ...env, OVERLAPS_TOKEN: 'two words' }
    expect(await end('ticks')).toEqual({ code: 2, text: expect.stringMatching(/^OVERLAPS_TOKEN contains no token/) })
  })

  test('what is no hub', async () => {
    const outcome = await end('rosters', '--hub', strangerUrl)
    expect(outcome).toEqual({ code: 2, text: expect.stringMatching(/^The server at .* is not a hub/) })
  })
})

describe('overlaps export ends with 1 and leaves no file', () => {
  test('when the stream breaks', async () => {
    const outcome = await end('ticks', '--hub', strangerUrl, '-o', 'ticks.csv')
    expect(outcome).toEqual({ code: 1, text: expect.stringMatching(/broke off the export .* No file was written\.$/) })
    expect(await readdir(folder)).toEqual([])
    const printed = await end('ticks', '--hub', strangerUrl)
    expect(printed.code).toBe(1)
    expect(printed.text).toMatch(/broke off the export/)
  })

  test('when nobody answers', async () => {
    const outcome = await end('ticks', '--hub', 'http://127.0.0.1:2', '-o', 'ticks.csv')
    expect(outcome).toEqual({ code: 1, text: expect.stringMatching(/^No hub answers at .*\(ECONNREFUSED\)/) })
    expect(await readdir(folder)).toEqual([])
  })

  test('when it is stopped', async () => {
    const asked = once(stranger, 'request')
    const { host, ended } = runHere(['export', 'ticks', '--hub', strangerUrl, '-o', 'ticks.jsonl'], {
      cwd: folder,
      env,
    })
    await asked
    host.signal('SIGTERM')
    expect(await ended).toEqual({ code: 1, text: 'Stopped before the export was complete. No file was written.' })
    expect(await readdir(folder)).toEqual([])
  })
})
