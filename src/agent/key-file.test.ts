import { chmod, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'

import { afterEach, beforeEach, expect, test } from 'vitest'

import { createKeyPair } from '../protocol/sign-statement.js'
import { StartFault } from '../start-fault.js'
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

test('a path that leads nowhere is told', async () => {
  await expect(openKeyFile(path.join(folder, 'no', 'key.json'))).rejects.toThrow('ENOENT')
  await expect(openKeyFile(folder)).rejects.toThrow(StartFault)
})
