import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { runToEndHere } from '../testing/cli/run-here.js'
import { requireBuild, runToEnd } from '../testing/cli/run-program.js'

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'overlaps-programs-'))
})
afterAll(() => rm(folder, { recursive: true }))

const end = (args: string[], env: Record<string, string> = {}) => runToEndHere(args, { cwd: folder, env })

describe('what keeps overlaps up from starting', () => {
  const inFolder = (name: string) => path.join(folder, name)

  test.each([
    {
      what: 'wrong settings',
      env: { PORT: 'x', OVERLAPS_TICK_REWAD: '5', OVERLAPS_ROUND_CRON: 'often', OVERLAPS_CONCURRENCY: '0' },
      prepare: async () => {},
      text: /^Invalid settings:\n {2}PORT: expected .*\n {2}OVERLAPS_TICK_REWAD: .*\n {2}OVERLAPS_ROUND_CRON: expected .*\nThe validator .*\n {2}concurrency \(OVERLAPS_CONCURRENCY\): expected [^\n]*$/,
    },
    {
      what: 'a database that does not answer',
      env: { DATABASE_URL: 'postgres://ada:secret@127.0.0.1:1/overlaps', OVERLAPS_DATABASE_WAIT_MS: '0' },
      prepare: async () => {},
      text: /^The database overlaps at 127\.0\.0\.1:1 does not answer \([^\n]*\): start it, or correct DATABASE_URL\.$/,
    },
    {
      what: 'a folder of another PostgreSQL',
      env: {},
      prepare: async (folder: string) => {
        await mkdir(path.join(folder, 'pglite'), { recursive: true })
        await writeFile(path.join(folder, 'pglite/PG_VERSION'), '17\n')
      },
      text: /^The database in \S+ was made by PostgreSQL 17, [^\n]*$/,
    },
    {
      what: 'a key that is no key',
      env: {},
      prepare: async (folder: string) => {
        await mkdir(folder)
        await writeFile(path.join(folder, 'validator-key.json'), '[1,2]', { mode: 0o600 })
      },
      text: /^The key file \S+ holds 2 numbers instead of 64\.$/,
    },
    {
      what: 'a file in the place of the data folder',
      env: {},
      prepare: (folder: string) => writeFile(folder, ''),
      text: /^The data folder \S+ cannot be created \(EEXIST\): name another with OVERLAPS_DATA_DIR\.$/,
    },
  ])('is told in one message: $what', async ({ what, env, prepare, text }) => {
    const dataDir = inFolder(what.replaceAll(' ', '-'))
    await prepare(dataDir)
    const outcome = await end(['up'], { PORT: '0', OVERLAPS_DATA_DIR: dataDir, ...env })
    expect(outcome).toEqual({ code: 2, text: expect.stringMatching(text) })
  })

  test('overlaps owner create makes no database of its own', async () => {
    const outcome = await end(['owner', 'create', 'ada@example.com'], { OVERLAPS_DATA_DIR: inFolder('nothing') })
    expect(outcome).toMatchObject({ code: 2, text: expect.stringMatching(/^No hub has ever run on the data folder/) })
    expect(await readdir(folder)).not.toContain('nothing')
  })

  test('a proxy that is none keeps a validator from starting, is not printed, and makes no key', async () => {
    const outcome = await end(['validator', '--hub', 'https://hub.example'], { HTTPS_PROXY: 'socks5://ada:secret@p' })
    expect(outcome).toEqual({ code: 2, text: expect.stringContaining('HTTPS_PROXY: expected a proxy such as') })
    expect(outcome.text).not.toContain('secret')
    expect(await readdir(folder)).not.toContain('validator-key.json')
  })

  test('is the exit code of the program, too', async () => {
    await requireBuild()
    const { code, text } = await runToEnd(['nothing'], { cwd: folder })
    expect(code).toBe(2)
    expect(text).toBe("error: unknown command 'nothing'\n(see overlaps --help)")
  })

  test.each([[['nothing']], [['validator', '--bogus']], [['owner', 'create']], [['demo', '--rounds', '0']]])(
    'a mistyped line ends with 2: %j',
    async (args) => {
      expect(await end(args)).toMatchObject({ code: 2, text: expect.not.stringContaining('    at ') })
    },
  )
})
