import { createHash, randomBytes, timingSafeEqual } from 'node:crypto'
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import path from 'node:path'

/** Whoever can read the hub's data folder is its operator. */
export interface OperatorToken {
  text: string
  matches(token: string): boolean
}

const FILE = 'operator-token'
const PREFIX = 'ovp_'
const TOKEN_BYTES = 32

export async function openOperatorToken(dataDir: string): Promise<OperatorToken> {
  await mkdir(dataDir, { recursive: true, mode: 0o700 })
  const file = path.join(dataDir, FILE)
  try {
    await writeFile(file, PREFIX + randomBytes(TOKEN_BYTES).toString('base64url'), { mode: 0o600, flag: 'wx' })
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
  }
  return operatorToken(await readOperatorToken(dataDir))
}

export async function readOperatorToken(dataDir: string): Promise<string> {
  return (await readFile(path.join(dataDir, FILE), 'utf8')).trim()
}

function operatorToken(text: string): OperatorToken {
  const hash = (token: string) => createHash('sha256').update(token).digest()
  const expected = hash(text)
  return { text, matches: (token) => timingSafeEqual(hash(token), expected) }
}
