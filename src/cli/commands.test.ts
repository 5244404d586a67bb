import { once } from 'node:events'
import { mkdtemp, rm, stat, writeFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'

import type { Command } from 'commander'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'

import { checkCommand } from './check-command.js'
import type { CliHost } from './cli-host.js'
import { standInHost } from '../testing/cli/stand-in-host.js'
import { validatorCommand } from './validator-command.js'

let folder: string
let site: Server
let siteUrl: string

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'overlaps-cli-'))
  site = createServer((request, response) => {
    response.writeHead(request.url === '/missing' ? 404 : 200).end(`well, ${String(request.headers['x-who'])}`)
  })
  site.listen(0, '127.0.0.1')
  await once(site, 'listening')
  siteUrl = `http://127.0.0.1:${(site.address() as AddressInfo).port}`
})
afterEach(async () => {
  await rm(folder, { recursive: true })
  site.closeAllConnections()
  site.close()
})

describe('overlaps check', () => {
  test('shows what would be sent for a website that is well', async () => {
    const { out, exitCode } = await run(checkCommand, [siteUrl, '--allow-private'])
    expect(out).toContain('Good')
    expect(out).toContain('http-status 200')
    expect(exitCode).toBe(0)
  })

  test('ends with 1 for one that is not', async () => {
    const { out, exitCode } = await run(checkCommand, [`${siteUrl}/missing`, '--allow-private'])
    expect(out).toContain('STATUS')
    expect(exitCode).toBe(1)
  })

  test('asks as it is told', async () => {
    const asked = ['--header', 'x-who: a: b', '--keyword', 'well, a: b', '--statuses', '200,404', '--redirects', '0']
    const { out, exitCode } = await run(checkCommand, [`${siteUrl}/missing`, '--allow-private', '--json', ...asked])
    expect(JSON.parse(out)).toMatchObject({ kind: 'measured', measurement: { status: 'Good', httpStatus: 404 } })
    expect(exitCode).toBe(0)
  })

  test.each([
    [['ftp://x'], 'This URL cannot be checked'],
    [['http://x', '--timeout', 'long'], '--timeout must be a whole number'],
    [['http://x', '--statuses', 'ok'], 'statuses must be'],
    [['http://x', '--keyword', 'a', '--keyword-absent', 'b'], 'one keyword'],
    [['http://x', '--header', 'nothing'], '--header must be written'],
    [['http://x', '--ports', '80-90'], '--ports must be ports'],
  ])('ends with 2 and one sentence for %j', async (args, words) => {
    const { err, exitCode } = await run(checkCommand, args)
    expect(err).toContain(words)
    expect(err.split('\n')).toHaveLength(1)
    expect(exitCode).toBe(2)
  })

  test('ends with 2 where the policy forbids', async () => {
    const { out, exitCode } = await run(checkCommand, [siteUrl])
    expect(out).toContain('No answer')
    expect(exitCode).toBe(2)
    const elsewhere = await run(checkCommand, ['https://example.com:9000/', '--ports', '80,443'])
    expect(elsewhere.out).toContain('Port 9000 is not asked, but only 80, 443.')
    expect(elsewhere.exitCode).toBe(2)
  })
})

describe('overlaps validator', () => {
  test('tells every fault of the settings and ends with 2', async () => {
    const { err, exitCode } = await run(validatorCommand, ['--concurrency', '0'])
    expect(err).toContain('hub (--hub or OVERLAPS_HUB)')
    expect(err).toContain('concurrency (--concurrency)')
    expect(exitCode).toBe(2)
  })

  test('reads a configuration file, or tells what is wrong with it', async () => {
    const config = path.join(folder, 'config.json')
    await writeFile(config, '{"concurrency": "all"}')
    expect((await run(validatorCommand, ['--config', config])).err).toContain('concurrency (configuration file)')
    await writeFile(config, 'concurrency: 5')
    expect((await run(validatorCommand, ['--config', config])).err).toContain('a JSON object')
    expect((await run(validatorCommand, ['--config', `${config}.no`])).err).toContain('ENOENT')
  })

  test('makes its key, tells its address and the fault, and stops when asked', async () => {
    const key = path.join(folder, 'key.json')
    const host = standInHost()
    const running = runOn(host, validatorCommand, ['--hub', siteUrl, '--key', key])
    await host.until('is not a hub')
    expect(host.outLines.join('\n')).toMatch(/^validator [1-9A-HJ-NP-Za-km-z]{32,44}\nhub +http:/)
    expect(host.errLines.join('\n')).toContain(key)
    expect((await stat(key)).mode & 0o777).toBe(0o600)
    host.signal()
    await running
    expect(host.outLines.at(-1)).toBe('Stopped.')
    expect(host.exitCode).toBe(0)
  })

  test('tells machines one object a line', async () => {
    const host = standInHost()
    const args = ['--hub', siteUrl, '--key', path.join(folder, 'key.json'), '--json']
    const running = runOn(host, validatorCommand, args)
    await host.until('NOT_A_HUB')
    host.signal()
    await running
    const events = host.outLines.map((line) => (JSON.parse(line) as { event: string }).event)
    expect(events.slice(0, 2)).toEqual(['STARTED', 'DISCONNECTED'])
    expect(events.at(-1)).toBe('STOPPED')
  })
})

async function run(create: (host: CliHost) => Command, args: string[]) {
  const host = standInHost()
  await runOn(host, create, args)
  return { out: host.outLines.join('\n'), err: host.errLines.join('\n'), exitCode: host.exitCode }
}

async function runOn(host: CliHost, create: (host: CliHost) => Command, args: string[]): Promise<void> {
  await create(host).parseAsync(args, { from: 'user' })
}
