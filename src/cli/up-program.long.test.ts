import { once } from 'node:events'
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import {
  askProgram,
  PATIENCE_MS,
  requireBuild,
  runProgram,
  runToEnd,
  type Program,
} from '../testing/cli/run-program.js'

let folder: string
let site: Server
let siteUrl: string

beforeAll(async () => {
  await requireBuild()
  folder = await mkdtemp(path.join(tmpdir(), 'overlaps-programs-'))
  site = createServer((request, response) => {
    if (request.url !== '/hangs') response.end('well')
  })
  site.listen(0, '127.0.0.1')
  await once(site, 'listening')
  siteUrl = `http://127.0.0.1:${(site.address() as AddressInfo).port}`
})
afterAll(async () => {
  site.closeAllConnections()
  site.close()
  await rm(folder, { recursive: true })
})

const run = (args: string[], env: Record<string, string> = {}) => runProgram(args, { cwd: folder, env })
const end = (args: string[], env: Record<string, string> = {}) => runToEnd(args, { cwd: folder, env })

async function urlOf(program: Program): Promise<string> {
  return (await program.until(/^GraphiQL: (http:\S+)\/graphql$/))[1] ?? ''
}

async function redeem(url: string, code: string): Promise<unknown> {
  const query = `mutation { redeemLogInCode(input: { code: "${code}" }) {
    ... on RedeemLogInCodeSuccess { user { email } } ... on RedeemLogInCodeRefused { reason } } }`
  const response = await fetch(`${url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query }),
  })
  const { data } = (await response.json()) as { data: { redeemLogInCode: unknown } }
  return data.redeemLogInCode
}

const createWebsite = (path: string) =>
  `mutation { createWebsite(input: { name: "Site", url: "${siteUrl}${path}" }) { __typename } }`

/** In this order, on one data folder: each test finds what the previous one has left. */
describe('overlaps up', () => {
  const env = { OVERLAPS_ALLOW_PRIVATE_TARGETS: '1', OVERLAPS_ROUND_CRON: '*/2 * * * * *', PORT: '0' }
  let ownerToken = ''

  test(
    'makes a database and an owner, checks what is registered, and serves the commands beside it',
    async () => {
      const up = run(['up'], env)
      const url = await urlOf(up)
      expect(up.lines[0]).toBe('Creating the database in ./data: this takes a few seconds, once.')
      ownerToken = (await up.until(/^owner token: (ovo_\S+)$/))[1] ?? ''
      expect(await askProgram(url, ownerToken, createWebsite('/'))).toEqual({
        createWebsite: { __typename: 'CreateWebsiteSuccess' },
      })
      await up.until(/ 1 website {2}1 good {2}0 bad .* accepted 1 /)

      const { port: PORT } = new URL(url)
      expect(await end(['owner', 'create', 'Ada@Example.com'], { PORT })).toEqual({
        code: 0,
        text: expect.stringMatching(/^owner token: ovo_\S+$/),
      })
      expect(await end(['owner', 'create', 'ada@example.com'], { PORT })).toEqual({
        code: 2,
        text: 'The email address ada@example.com is already taken.',
      })
      expect(await end(['owner', 'create', 'ada'], { PORT })).toMatchObject({
        code: 2,
        text: expect.stringMatching(/^The email address must be/),
      })
      const [, link = ''] = await up.until(/^http:\S+\/log-in#code=(ovc_\S+)$/)
      expect(await redeem(url, link)).toEqual({ user: { email: 'owner@localhost' } })
      await mkdir(path.join(folder, 'other'))
      await writeFile(path.join(folder, 'other/operator-token'), 'ovp_another')
      expect(await end(['owner', 'create', 'ben@example.com'], { PORT, OVERLAPS_DATA_DIR: './other' })).toMatchObject({
        code: 2,
        text: expect.stringContaining('does not use the data folder ./other'),
      })
      expect(await end(['owner', 'create', 'ben@example.com'], { PORT: '1' })).toMatchObject({
        code: 2,
        text: expect.stringMatching(/^No hub answers at http:\/\/localhost:1: .* in use by another hub \(process \d+/),
      })
      expect(await end(['up'], { PORT: '0' })).toMatchObject({
        code: 2,
        text: expect.stringMatching(/^The data folder \.\/data is in use by another hub \(process \d+/),
      })
      expect(await end(['up'], { PORT, OVERLAPS_DATA_DIR: './new' })).toEqual({
        code: 2,
        text: `Port ${PORT} is in use by another program: stop it, or choose another port with PORT.`,
      })
      expect(up.lines.filter((line) => line.startsWith('owner token: '))).toHaveLength(1)
      up.signal('SIGKILL')
      await up.ended
    },
    PATIENCE_MS,
  )

  test(
    'goes on after it was killed, and stops in good order',
    async () => {
      const up = run(['up'], env)
      const url = await urlOf(up)
      await up.until(/^Connected to the hub\. Balance [1-9]\d*00 lamports/)
      expect(up.lines.join('\n')).not.toMatch(/Creating the database|owner token/)
      const { websites } = await askProgram(url, ownerToken, '{ websites { totalCount } }')
      expect(websites).toEqual({ totalCount: 1 })
      const { port: PORT } = new URL(url)
      const made = await end(['owner', 'link', 'Ada@Example.com'], { PORT })
      expect(made).toEqual({ code: 0, text: expect.stringMatching(/^log-in link: http:\S+\/log-in#code=ovc_\S+$/) })
      expect(await redeem(url, made.text.split('=').at(-1) ?? '')).toEqual({ user: { email: 'ada@example.com' } })
      expect(await end(['owner', 'link', 'nobody@example.com'], { PORT })).toEqual({
        code: 2,
        text: 'There is no owner with this email address.',
      })
      up.signal('SIGTERM')
      expect(await up.ended).toBe(0)
      expect(up.lines.at(-1)).toBe('Stopped.')
    },
    PATIENCE_MS,
  )

  test(
    'leaves at once when it is asked again',
    async () => {
      const { OVERLAPS_ALLOW_PRIVATE_TARGETS } = env
      const up = run(['up'], { PORT: '0', OVERLAPS_ALLOW_PRIVATE_TARGETS, OVERLAPS_ROUND_SPREAD_MS: '0' })
      const url = await urlOf(up)
      await up.until(/^Connected/)
      await askProgram(url, ownerToken, createWebsite('/hangs'))
      const asked = once(site, 'request')
      const operatorToken = await readFile(path.join(folder, 'data/operator-token'), 'utf8')
      await askProgram(url, operatorToken, 'mutation { startRound { __typename } }')
      await asked
      up.signal('SIGTERM')
      await up.until(/^Stopping/)
      up.signal('SIGINT')
      expect(await up.ended).toBe(1)
    },
    PATIENCE_MS,
  )

  test(
    'leaves a database that owners are made in without a hub',
    async () => {
      expect(await end(['owner', 'create', 'cleo@example.com'], { PORT: '1' })).toEqual({
        code: 0,
        text: expect.stringMatching(/^owner token: ovo_\S+$/),
      })
      expect(await end(['owner', 'create', 'cleo@example.com'], { PORT: '1' })).toMatchObject({ code: 2 })
      expect(await end(['owner', 'link', 'cleo@example.com'], { PORT: '1' })).toEqual({
        code: 0,
        text: expect.stringMatching(/^log-in link: http:\/\/localhost:1\/log-in#code=ovc_\S+$/),
      })
    },
    PATIENCE_MS,
  )

  test(
    'leaves one that overlaps hub runs on, with a log for machines',
    async () => {
      const hub = run(['hub'], { PORT: '0' })
      const [line] = await hub.until(/.*hub started.*/)
      expect(JSON.parse(line)).toMatchObject({ level: 30, msg: 'hub started', url: expect.stringMatching(/^http:/) })
      hub.signal('SIGINT')
      expect(await hub.ended).toBe(0)
      expect(JSON.parse(hub.lines.at(-1) ?? '')).toMatchObject({ msg: 'hub stopped' })
    },
    PATIENCE_MS,
  )
})
