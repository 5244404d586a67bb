import { execFile } from 'node:child_process'
import { cp, mkdir, mkdtemp, readdir, rm, symlink } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { PATIENCE_MS, runProgram } from '../testing/cli/run-program.js'

const UNTRACKED = new Set(['node_modules', 'dist', 'data', '.git'])

let folder: string
let installed: string
let files: string[]

/** Installs the result of `npm pack` into an empty folder, like a stranger would. */
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'overlaps-packed-'))
  const checkout = path.join(folder, 'checkout')
  await mkdir(checkout)
  for (const name of await readdir('.')) {
    if (!UNTRACKED.has(name)) await cp(name, path.join(checkout, name), { recursive: true })
  }
  await symlink(path.resolve('node_modules'), path.join(checkout, 'node_modules'))
  const npm = async (cwd: string, ...args: string[]) => promisify(execFile)('npm', args, { cwd })
  await npm(checkout, 'pack', '--silent', '--pack-destination', folder)
  const packed = (await readdir(folder)).find((name) => name.endsWith('.tgz')) ?? ''
  installed = path.join(folder, 'empty')
  await mkdir(installed)
  await npm(installed, 'install', '--prefer-offline', '--no-audit', '--no-fund', path.join(folder, packed))
  files = await readdir(path.join(installed, 'node_modules/overlaps'), { recursive: true })
}, PATIENCE_MS)
afterAll(() => rm(folder, { recursive: true, force: true }))

test('the package holds what its documents link, and no tests', () => {
  expect(files).toEqual(expect.arrayContaining(['SECURITY.md', 'README.md', 'docs/owners.md', 'dist/cli/main.js']))
  expect(files).not.toContain('dist/testing')
  expect(files.filter((file) => /\.test\.|(^|\/)testing(\/|$)/.test(file) && !file.includes('node_modules/'))).toEqual(
    [],
  )
})

test(
  'the installed package runs a hub with its pages, and a validator',
  async () => {
    const program = path.join(installed, 'node_modules/overlaps/dist/cli/main.js')
    const hub = runProgram(['hub'], { cwd: installed, program, env: { PORT: '0' } })
    const [line] = await hub.until(/.*hub started.*/)
    const { url } = JSON.parse(line) as { url: string }
    const page = await (await fetch(url, { headers: { accept: 'text/html' } })).text()
    const [, script = ''] = /<script[^>]* src="([^"]+)"/.exec(page) ?? []
    expect((await fetch(new URL(script, url))).headers.get('content-type')).toMatch(/^text\/javascript/)
    const validator = runProgram(['validator', '--hub', url], { cwd: installed, program })
    await validator.until(/^Connected to the hub\./)
    validator.signal('SIGTERM')
    expect(await validator.ended).toBe(0)
    hub.signal('SIGTERM')
    expect(await hub.ended).toBe(0)
  },
  PATIENCE_MS,
)
