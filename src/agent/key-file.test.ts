import { execFileSync, spawnSync } from 'node:child_process'
import { chmod, mkdir, mkdtemp, readdir, readFile, rm, stat, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { fileURLToPath } from 'node:url'

import { afterEach, beforeEach, expect, test } from 'vitest'

import { createKeyPair } from '../protocol/sign-statement.js'
import { StartFault } from '../start-fault.js'
import { requireBuild } from '../testing/cli/run-program.js'
import { keyFileFault } from './key-file-fault.js'
import { openKeyFile } from './key-file.js'

let folder: string
let file: string

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'overlaps-key-'))
  file = path.join(folder, 'key.json')
})
afterEach(() => rm(folder, { recursive: true }))

test('a key is made where there is none, for its owner alone, and found again', async () => {
  const made = await openKeyFile(file)
  expect(made.origin).toBe('CREATED')
  expect((await stat(file)).mode & 0o777).toBe(0o600)
  expect(await openKeyFile(file)).toEqual({ ...made, origin: 'FOUND' })
})

test('a key is kept as solana-keygen writes it, and read when that has written it', async () => {
  const { keys } = await openKeyFile(file)
  expect(JSON.parse(await readFile(file, 'utf8'))).toEqual([...keys.secretKey])
  const theirs = createKeyPair()
  await writeFile(file, JSON.stringify([...theirs.secretKey]))
  expect((await openKeyFile(file)).keys).toEqual(theirs)
})

const { secretKey } = createKeyPair()
const swapped = [...secretKey.subarray(0, 32), ...createKeyPair().secretKey.subarray(32)]

test.each([
  ['one that others may read', [...secretKey], 0o640, 'chmod 600'],
  ['one that everybody may read', [...secretKey], 0o604, 'chmod 600'],
  ['one too short', [...secretKey].slice(1), 0o600, '63 numbers instead of 64'],
  ['one whose halves do not belong together', swapped, 0o600, 'not the public key'],
  ['numbers that are no bytes', [...secretKey].map((byte) => byte + 256), 0o600, 'is not a key'],
  ['an object', { secretKey: 'x' }, 0o600, 'is not a key'],
  ['a book', 'x'.repeat(5000), 0o600, 'is not a key'],
])('%s is refused in one sentence that names the file', async (_, content, mode, words) => {
  await writeFile(file, JSON.stringify(content))
  await chmod(file, mode)
  const fault: unknown = await openKeyFile(file).catch((error: unknown) => error)
  expect(fault).toBeInstanceOf(StartFault)
  const { message } = fault as StartFault
  expect(message).toContain(file)
  expect(message).toContain(words)
  expect(message).not.toContain('\n')
})

test.each<[string, (at: string) => Promise<unknown>, string]>([
  ['a directory', (at) => mkdir(at), 'is a directory'],
  ['a link to nothing', (at) => symlink('gone.json', at), 'is a link to gone.json, which is not there'],
  ['a link to itself', (at) => symlink(at, at), 'is a link that leads back to itself'],
  ['a device', (at) => symlink('/dev/null', at), 'is not an ordinary file'],
])('%s is called that, and nothing is made', async (_, make, words) => {
  await make(file)
  const before = await readdir(folder)
  await expect(openKeyFile(file)).rejects.toThrow(StartFault)
  await expect(openKeyFile(file)).rejects.toThrow(words)
  expect(await readdir(folder)).toEqual(before)
})

test('a path through what is no directory is told', async () => {
  await expect(openKeyFile(path.join(folder, 'no', 'key.json'))).rejects.toThrow('its directory is not there')
  await writeFile(file, '')
  await expect(openKeyFile(path.join(file, 'key.json'))).rejects.toThrow('inside something that is no directory')
  expect(await readdir(folder)).toEqual(['key.json'])
})

test.each([
  ['EACCES', 'may not be opened by this user'],
  ['EROFS', 'read-only file system'],
  ['ENOSPC', 'the disk is full'],
  ['EODD', 'cannot be opened: check the path and its owner (EODD)'],
])('the code %s is told in words', (code, words) => {
  expect(keyFileFault('/k', code)).toContain(words)
  expect(keyFileFault('/k', code)).toMatch(/^The key file \/k .*\([A-Z]+\)\.$/)
})

/** Disks that only a mount makes: the file is opened in a process of its own, inside a namespace of its own. */
const WITHIN = ['unshare', '-m', 'sh', '-c', 'mount -t tmpfs -o "$0" tmpfs "$1" && shift && exec "$@"']
const canMount = spawnSync(WITHIN[0] ?? '', [...WITHIN.slice(1), 'size=64k', tmpdir(), 'true']).status === 0

test.runIf(canMount)('a disk that is full or read-only is called that, and no half key is left', async () => {
  await requireBuild()
  const program = fileURLToPath(new URL('../../dist/cli/main.js', import.meta.url))
  const start = `node ${program} validator --hub http://127.0.0.1:9 --key ${file}; echo "code $?"; ls -A ${folder}`
  const run = (options: string, script: string) =>
    execFileSync(WITHIN[0] ?? '', [...WITHIN.slice(1), options, folder, 'sh', '-c', `exec 2>&1; ${script}`], {
      encoding: 'utf8',
    })
  // The file takes a page, and none is left.
  const fill = `dd if=/dev/zero of=${folder}/ballast bs=4k 2>/dev/null; `
  expect(run('size=64k', `${fill}${start}`)).toMatch(/the disk is full.*\(ENOSPC\)\.\ncode 2\nballast\n$/)
  expect(run('ro', start)).toMatch(/read-only file system.*\(EROFS\)\.\ncode 2\n$/)
})
