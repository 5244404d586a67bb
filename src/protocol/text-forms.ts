import { isIP } from 'node:net'

import { base58 } from '@scure/base'

import { IP_ADDRESS_LENGTH_MAX, URL_LENGTH_MAX } from './limits.js'
import { parseUrl } from './parse-url.js'

/** The text forms of PROTOCOL §1. Each thing has one spelling: what is spelt otherwise is refused with `null` or `false`, never an error. */

const PUBLIC_KEY_BYTES = 32
/** 32 bytes of 0xff; a byte 0x00 takes one character, which makes 32 the least. */
const PUBLIC_KEY_LENGTH_MAX = 44
export const SIGNATURE_BYTES = 64
/** 64 bytes in padded base64. */
const SIGNATURE_LENGTH = 88
const HASH = /^[0-9a-f]{64}$/
const INSTANT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}Z$/
const PRINTABLE = /^[\x21-\x7e]+$/

/** The 32 bytes of a base58 public key, or `null`. Says nothing of the point: see `importPublicKey`. */
export function decodePublicKey(text: string): Buffer | null {
  // Base58 takes quadratic time, so the length is looked at before the letters.
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

/** The 64 bytes of a padded base64 signature, or `null`. */
export function decodeSignature(text: string): Buffer | null {
  if (text.length !== SIGNATURE_LENGTH) return null
  // Node reads base64url, blanks and stray last bits as well; only encoding again tells them from the one spelling.
  const bytes = Buffer.from(text, 'base64')
  return bytes.length === SIGNATURE_BYTES && encodeSignature(bytes) === text ? bytes : null
}

export function encodeSignature(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('base64')
}

/** Whether `text` is a SHA-256 hash: 64 lower-case hexadecimal digits. */
export function isHash(text: string): boolean {
  return HASH.test(text)
}

export function isInstant(text: string): boolean {
  return parseInstant(text) !== null
}

/** Unix milliseconds of `YYYY-MM-DDTHH:mm:ss.sssZ`, or `null`; a day that the month lacks and the hour 24 are refused, not carried over. */
export function parseInstant(text: string): number | null {
  if (!INSTANT.test(text)) return null
  const instant = Date.parse(text)
  // Whatever is carried over ends on another day. Spelling the date again would tell it too and takes three times as long.
  return new Date(instant).getUTCDate() === Number(text.slice(8, 10)) ? instant : null
}

/** The one spelling of an instant in Unix milliseconds. Throws `RangeError` outside the years 0000 to 9999. */
export function formatInstant(instant: number): string {
  const text = new Date(instant).toISOString()
  if (!INSTANT.test(text)) throw new RangeError(`no instant of the years 0000 to 9999: ${instant}`)
  return text
}

/** Whether `text` is an IPv4 or IPv6 address. One with a zone (`fe80::1%eth0`) means something on one machine only and is refused. */
export function isIpAddress(text: string): boolean {
  return text.length <= IP_ADDRESS_LENGTH_MAX && !text.includes('%') && isIP(text) !== 0
}

/** The origin a hub is known by: `new URL(text).origin` with `ws:` read as `http:` and `wss:` as `https:`; `null` for other schemes. */
export function hubOrigin(text: string): string | null {
  const url = text.length > URL_LENGTH_MAX ? null : parseUrl(text)
  if (url?.protocol === 'http:' || url?.protocol === 'https:') return url.origin
  // The two pairs share their default ports, so the host carries over as it stands.
  if (url?.protocol === 'ws:') return `http://${url.host}`
  if (url?.protocol === 'wss:') return `https://${url.host}`
  return null
}

/** Why a text is no URL of a website. */
export type UrlFault = 'NO_URL' | 'NO_HTTP' | 'CREDENTIALS' | 'FRAGMENT' | 'TOO_LONG'

/** A website's URL: http or https, without fragment and user info, within `URL_LENGTH_MAX` before and after it is normalised. */
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

/** The normalised `href` of a website's URL; `null` for what `readUrl` does not take. */
export function canonicalUrl(text: string): string | null {
  const url = readUrl(text)
  return typeof url === 'string' ? null : url.href
}
