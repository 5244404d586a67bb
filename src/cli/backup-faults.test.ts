import { once } from 'node:events'
import { createWriteStream } from 'node:fs'
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { createServer, type RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { pipeline } from 'node:stream/promises'
import type { Command } from 'commander'
import { beforeAll, beforeEach, describe, expect, inject, onTestFinished, test } from 'vitest'
import { compressBackup } from '../store/backup/compress-backup.js'
import { describeBackup } from '../store/backup/write-backup.js'
import { openTestStore } from '../testing/test-store.js'
import { backupCommand } from './backup-command.js'
import type { CliHost } from './cli-host.js'
import { runHere, runToEndHere } from '../testing/cli/run-here.js'
import { standInHost } from '../testing/cli/stand-in-host.js'
import { restoreCommand } from './restore-command.js'

let whole: Buffer
let folder: string

beforeAll(async () => {
  const made = await mkdtemp(path.join(tmpdir(), 'overlaps-backup-faults-'))
  const store = await openTestStore(inject('template'))
  const file = path.join(made, 'whole.backup')
  await store.snapshot(async (sql) =>
    pipeline(compressBackup(sql, await describeBackup(sql, store.kind, 0)), createWriteStream(file)),
  )
  await store.close()
  whole = await readFile(file)
  await rm(made, { recursive: true })
})
beforeEach(async (context) => {
  folder = await mkdtemp(path.join(tmpdir(), 'overlaps-backup-faults-'))
  context.onTestFinished(() => rm(folder, { recursive: true }))
})

const inFolder = (name: string) => path.join(folder, name)

/** The data folder does not exist yet. */
async function end(create: (host: CliHost) => Command, args: string[], env: Record<string, string> = {}) {
  const host = standInHost({ OVERLAPS_DATA_DIR: inFolder('data'), ...env })
  const inPlace = args.map((arg) => (arg.startsWith('-') ? arg : inFolder(arg)))
  await create(host).parseAsync(inPlace, { from: 'user' })
  return { code: host.exitCode, text: [...host.outLines, ...host.errLines].join('\n').replaceAll(`${folder}/`, '') }
}

describe('overlaps restore', () => {
  test.each([
    ['cut off', () => whole.subarray(0, -20), /^x is cut off: it ends before its last line\. Nothing was restored\.$/],
    [
      'changed',
      () => Buffer.concat([whole.subarray(0, 99), Buffer.of(0, 1, 2, 3), whole.subarray(103)]),
      /^x is .* Nothing/,
    ],
    ['of something else', () => Buffer.from('PGDMP'), /^x is not a backup of Overlaps: it does not start like one\. /],
  ])('refuses a file that is %s with one sentence and code 1, and makes nothing', async (_name, content, words) => {
    await writeFile(inFolder('x'), content())
    for (const args of [['x'], ['--check', 'x']]) {
      const { code, text } = await end(restoreCommand, args)
      expect(text).toMatch(words)
      expect(text.split('\n')).toHaveLength(1)
      expect(code).toBe(1)
    }
    expect(await readdir(folder)).toEqual(['x'])
  })

  test.each([
    ['restore none', restoreCommand, 'none', /^none cannot be read \(ENOENT\)/],
    ['restore folder', restoreCommand, '.', /is not a file: name one that overlaps backup has written/],
    ['backup here', backupCommand, 'here', /^here already exists: a backup is only written to a new file\.$/],
    ['backup there', backupCommand, 'there', /^There is no database in the data folder data: set OVERLAPS_DATA_DIR/],
  ])('ends overlaps %s with code 2', async (_name, create, file, words) => {
    await writeFile(inFolder('here'), 'mine')
    const { code, text } = await end(create, [file])
    expect(text).toMatch(words)
    expect(code).toBe(2)
    expect(await readdir(folder)).toEqual(['here'])
    expect(await readFile(inFolder('here'), 'utf8')).toBe('mine')
  })

  test('refuses a folder that has a database and leaves it as it is', async () => {
    await writeFile(inFolder('x'), whole)
    await mkdir(inFolder('data/pglite'), { recursive: true })
    const { code, text } = await end(restoreCommand, ['x'])
    expect(text).toMatch(/^The data folder data already has a database: name an empty one/m)
    expect(code).toBe(2)
    expect(await readdir(inFolder('data'))).toEqual(['pglite'])
    expect(await readdir(inFolder('data/pglite'))).toEqual([])
  })
})

test.each([[['restore']], [['restore', 'x', 'y']], [['backup']], [['backup', '--check', 'x']]])(
  'overlaps %j is wrong use',
  async (args) => {
    expect(await runToEndHere(args, { cwd: folder })).toEqual({
      code: 2,
      text: expect.stringMatching(/^error: .*\n\(see/),
    })
  },
)

describe('overlaps backup, beside what answers at the port', () => {
  async function listenAsHub(answer: RequestListener): Promise<Record<string, string>> {
    const server = createServer(answer)
    server.listen(0, '127.0.0.1')
    await once(server, 'listening')
    onTestFinished(() => {
      server.closeAllConnections()
      server.close()
    })
    await mkdir(inFolder('data'))
    await writeFile(inFolder('data/operator-token'), 'ovp_x')
    return { OVERLAPS_HOST: '127.0.0.1', PORT: String((server.address() as AddressInfo).port) }
  }
  const refuseWith =
    (status: number, message: string): RequestListener =>
    (_request, response) =>
      response.writeHead(status).end(JSON.stringify({ errors: [{ message }] }))

  test.each<[string, RequestListener, RegExp, number]>([
    ['is no hub', (_request, response) => response.end('well'), /is not a hub: set PORT to the hub's port\.$/, 2],
    ['is a hub of another folder', refuseWith(401, ''), /does not use the data folder data/, 2],
    ['refuses', refuseWith(503, 'There is no room.'), /^There is no room\.$/, 2],
    [
      'breaks off',
      (_request, response) => {
        response.writeHead(200, { 'content-type': 'application/vnd.overlaps.backup' })
        response.write(whole.subarray(0, 500), () => response.destroy())
      },
      /broke off the backup: look at its log and try again\. No file was written\.$/,
      1,
    ],
    [
      'sends a part for the whole',
      (_request, response) => {
        response.writeHead(200, { 'content-type': 'application/vnd.overlaps.backup' })
        response.end(whole.subarray(0, 500))
      },
      /is cut off: it ends before its last line\. No file was written\.$/,
      1,
    ],
  ])('that %s: says so and leaves no file', async (_name, answer, words, exitCode) => {
    const env = await listenAsHub(answer)
    const { code, text } = await end(backupCommand, ['x'], env)
    expect(text).toMatch(words)
    expect(code).toBe(exitCode)
    expect(await readdir(folder)).toEqual(['data'])
  })

  test('leaves no file when it is stopped', async () => {
    let asked: () => void = () => undefined
    const begun = new Promise<void>((resolve) => {
      asked = resolve
    })
    const env = await listenAsHub((_request, response) => {
      response.writeHead(200, { 'content-type': 'application/vnd.overlaps.backup' })
      response.write(whole.subarray(0, 500), () => asked())
    })
    const { host, ended } = runHere(['backup', 'x'], { cwd: folder, env })
    await begun
    host.signal('SIGTERM')
    expect(await ended).toEqual({ code: 1, text: 'Stopped before the backup was complete. No file was written.' })
    expect(await readdir(folder)).toEqual(['data'])
  })
})
