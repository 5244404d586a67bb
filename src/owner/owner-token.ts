import { createHash, randomBytes } from 'node:crypto'

/** Tells owners' tokens from others', to people and to scanners for leaked secrets. */
const PREFIX = 'ovo_'
const TOKEN = /^ovo_[\w-]{43}$/
/** As much as a SHA-256 can hold: nobody guesses it, so a fast hash is enough. */
const TOKEN_BYTES = 32
const CODE_PREFIX = 'ovc_'
const CODE = /^ovc_[\w-]{43}$/

export function createOwnerSecret(): string {
  return `${PREFIX}${randomBytes(TOKEN_BYTES).toString('base64url')}`
}

export function createLogInCode(): string {
  return `${CODE_PREFIX}${randomBytes(TOKEN_BYTES).toString('base64url')}`
}

/** Whether a text has the form of an owner's token, before anything is asked of the database. */
export function isOwnerToken(text: string): boolean {
  return TOKEN.test(text)
}

export function isLogInCode(text: string): boolean {
  return CODE.test(text)
}

/** What is kept of a token or a code. */
export function hashOwnerToken(token: string): Buffer<ArrayBuffer> {
  return Buffer.from(createHash('sha256').update(token).digest())
}
