import { isIP } from 'node:net'

import { base58 } from '@scure/base'

import { IP_ADDRESS_LENGTH_MAX, URL_LENGTH_MAX } from './limits.js'
import { parseUrl } from './parse-url.js'

/** PROTOCOL §1. Each thing has one spelling: others are refused with `null` or `false`, never an error. */

const PUBLIC_KEY_BYTES = 32
/** Of 0xff; a byte 0x00 takes one character. */
const PUBLIC_KEY_LENGTH_MAX = 44
export const SIGNATURE_BYTES = 64
const SIGNATURE_LENGTH = 88
const HASH = /^[0-9a-f]{64}$/
const INSTANT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}Z$/
const PRINTABLE = /^[\x21-\x7e]+$/

/** Says nothing of the point: see `importPublicKey`. */
export function decodePublicKey(text: string): Buffer | null {
  // Base58 takes quadratic time.
  if (text.length < PUBLIC_KEY_BYTES || text.length > PUBLIC_KEY_LENGTH_MAX) return null
  try {
    const bytes = Buffer.from(base58.decode(text))
    return bytes.length === PUBLIC_KEY_BYTES && encodePublicKey(bytes) === text ? bytes : null
  } catch {
    return null
  }
}

export function encodePublicKey(bytes: Uint8Array): string {
  return base58.encode(bytes)
}

export function decodeSignature(text: string): Buffer | null {
  if (text.length !== SIGNATURE_LENGTH) return null
  // Node reads base64url, blanks and stray last bits as well.
  const bytes = Buffer.from(text, 'base64')
  return bytes.length === SIGNATURE_BYTES && encodeSignature(bytes) === text ? bytes : null
}

export function encodeSignature(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('base64')
}

export function isHash(text: string): boolean {
  return HASH.test(text)
}

export function isInstant(text: string): boolean {
  return parseInstant(text) !== null
}

/** `YYYY-MM-DDTHH:mm:ss.sssZ`, else `null`; 30 February and the hour 24 are refused, not carried over. */
export function parseInstant(text: string): number | null {
  if (!INSTANT.test(text)) return null
  const instant = Date.parse(text)
  // Whatever is carried over ends on another day. Spelling the date again takes three times as long.
  return new Date(instant).getUTCDate() === Number(text.slice(8, 10)) ? instant : null
}

/** Throws `RangeError` outside the years 0000 to 9999. */
export function formatInstant(instant: number): string {
  const text = new Date(instant).toISOString()
  if (!INSTANT.test(text)) throw new RangeError(`no instant of the years 0000 to 9999: ${instant}`)
  return text
}

/** A zone (`fe80::1%eth0`) means something on one machine only and is refused. */
export function isIpAddress(text: string): boolean {
  return text.length <= IP_ADDRESS_LENGTH_MAX && !text.includes('%') && isIP(text) !== 0
}

/** `ws:` reads as `http:`, `wss:` as `https:`; `null` for other schemes. */
export function hubOrigin(text: string): string | null {
  const url = text.length > URL_LENGTH_MAX ? null : parseUrl(text)
  if (url?.protocol === 'http:' || url?.protocol === 'https:') return url.origin
  // The two pairs share their default ports.
  if (url?.protocol === 'ws:') return `http://${url.host}`
  if (url?.protocol === 'wss:') return `https://${url.host}`
  return null
}

export type UrlFault = 'NO_URL' | 'NO_HTTP' | 'CREDENTIALS' | 'FRAGMENT' | 'TOO_LONG'

/** http or https, without fragment and user info, within `URL_LENGTH_MAX` before and after it is normalised. */
export function readUrl(text: string): URL | UrlFault {
  if (text.length > URL_LENGTH_MAX) return 'TOO_LONG'
  const url = parseUrl(text)
  if (url === null) return 'NO_URL'
  if (url.protocol !== 'http:' && url.protocol !== 'https:') return 'NO_HTTP'
  if (url.username !== '' || url.password !== '') return 'CREDENTIALS'
  // An empty fragment leaves `hash` empty and its `#` in `href`.
  if (url.href.includes('#')) return 'FRAGMENT'
  if (url.href.length > URL_LENGTH_MAX) return 'TOO_LONG'
  return PRINTABLE.test(url.href) ? url : 'NO_URL'
}

export function canonicalUrl(text: string): string | null {
  const url = readUrl(text)
  return typeof url === 'string' ? null : url.href
}
