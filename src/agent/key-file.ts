import { constants } from 'node:fs'
import { lstat, open, readlink, unlink } from 'node:fs/promises'
import type { FileHandle } from 'node:fs/promises'

import { StartFault } from '../start-fault.js'
import { danglingLink, keyFileFault } from './key-file-fault.js'
import { createKeyPair, keyPairFromSecretKey } from '../protocol/sign-statement.js'
import type { KeyPair } from '../protocol/sign-statement.js'

const SECRET_KEY_BYTES = 64
/** 64 numbers of three digits with generous white space. */
const KEY_FILE_BYTES_MAX = 4096
const OWNER_ONLY = 0o600
const GROUP_AND_OTHERS = 0o077

export interface OpenedKey {
  keys: KeyPair
  origin: 'FOUND' | 'CREATED'
}

/** The key pair in a file as `solana-keygen` writes it; made where there is none. Throws `StartFault` when it is not fit for use. */
export async function openKeyFile(path: string): Promise<OpenedKey> {
  try {
    return (await readKeyFile(path)) ?? (await createKeyFile(path))
  } catch (error) {
    if (error instanceof StartFault) throw error
    throw new StartFault(keyFileFault(path, errorCode(error)))
  }
}

async function readKeyFile(path: string): Promise<OpenedKey | null> {
  const file = await openIfThere(path)
  if (file === null) return null
  try {
    // On the open file, so that nobody can swap it before it is read.
    const stats = await file.stat()
    const { mode, size } = stats
    if (stats.isDirectory()) throw new StartFault(keyFileFault(path, 'EISDIR'))
    if (!stats.isFile())
      throw new StartFault(`${path} is not an ordinary file: give the path of a key file with --key.`)
    // Windows knows no such bits and reports them all.
    if (process.platform !== 'win32' && (mode & GROUP_AND_OTHERS) !== 0) {
      throw new StartFault(`The key file ${path} is open to other users of this machine: run chmod 600 on it.`)
    }
    if (size > KEY_FILE_BYTES_MAX) throw notAKey(path)
    return { keys: parseKeyFile(path, await file.readFile('utf8')), origin: 'FOUND' }
  } finally {
    await file.close()
  }
}

async function openIfThere(path: string): Promise<FileHandle | null> {
  try {
    // Without O_NONBLOCK a pipe of that name would hold the program up for ever.
    return await open(path, constants.O_RDONLY | constants.O_NONBLOCK)
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return null
    throw error
  }
}

function parseKeyFile(path: string, text: string): KeyPair {
  const bytes = parseBytes(text)
  if (bytes === null) throw notAKey(path)
  if (bytes.length !== SECRET_KEY_BYTES) {
    throw new StartFault(`The key file ${path} holds ${bytes.length} numbers instead of ${SECRET_KEY_BYTES}.`)
  }
  const keys = keyPairFromSecretKey(bytes)
  if (keys === null) {
    throw new StartFault(`The key file ${path} is damaged: its second half is not the public key of its first.`)
  }
  return keys
}

function parseBytes(text: string): Uint8Array | null {
  try {
    const value: unknown = JSON.parse(text)
    return Array.isArray(value) && value.every(isByte) ? Uint8Array.from(value) : null
  } catch {
    return null
  }
}

function isByte(value: unknown): value is number {
  return Number.isInteger(value) && Number(value) >= 0 && Number(value) <= 255
}

function notAKey(path: string): StartFault {
  return new StartFault(`The file ${path} is not a key: expected a JSON array of 64 numbers, as solana-keygen writes.`)
}

async function createKeyFile(path: string): Promise<OpenedKey> {
  const keys = createKeyPair()
  if (await isLink(path)) throw new StartFault(danglingLink(path, await readlink(path)))
  // Exclusive: a file that appeared meanwhile is somebody's key.
  const file = await open(path, 'wx', OWNER_ONLY)
  try {
    await file.writeFile(`${JSON.stringify([...keys.secretKey])}\n`)
    // A key that has earned must survive a loss of power.
    await file.sync()
  } catch (error) {
    // Half a key would be in the way of the next start.
    await unlink(path)
    throw error
  } finally {
    await file.close()
  }
  return { keys, origin: 'CREATED' }
}

/** Of a path that leads to nothing. */
async function isLink(path: string): Promise<boolean> {
  const stats = await lstat(path).catch(() => null)
  return stats !== null && stats.isSymbolicLink()
}

function errorCode(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : String(error)
}
