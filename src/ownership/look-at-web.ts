import { OWNERSHIP_FILE_MAX_BYTES, OWNERSHIP_PAGE_MAX_BYTES } from './limits.js'
import type { Outgoing } from '../outgoing/outgoing.js'
import { printable } from '../outgoing/printable.js'
import { fetchOnHost } from './fetch-on-host.js'
import { findMeta } from './find-meta.js'
import { TOKEN_NAME } from './ownership-token.js'
import { SEEN, type Sighting, type Unseen, unseen } from './sighting.js'

const SHOWN_MAX = 100

/** The whole file must be tokens, one a line: a page with visitors' words that is shown for every path is none. */
export async function lookAtFile(
  outgoing: Outgoing,
  { fileUrl, fileContent }: { fileUrl: string; fileContent: string },
  timeoutMs?: number,
): Promise<Sighting> {
  const fetched = await fetchOnHost(outgoing, fileUrl, { bodyMaxBytes: OWNERSHIP_FILE_MAX_BYTES, ...time(timeoutMs) })
  const wanted = `${fileUrl} should hold the line \`${fileContent}\` and no other text`
  if (fetched.kind !== 'FETCHED') return because(fetched, wanted)
  const { url, body } = fetched
  if (body.length > OWNERSHIP_FILE_MAX_BYTES) {
    return unseen('ABSENT', `${wanted}. ${url} holds more than ${OWNERSHIP_FILE_MAX_BYTES} bytes.`)
  }
  const lines = linesOf(body)
  const isFile = lines.every((line) => line.startsWith(`${TOKEN_NAME}=`))
  if (isFile && lines.includes(fileContent)) return SEEN
  const other = lines.find((line) => !line.startsWith(`${TOKEN_NAME}=`)) ?? lines[0]
  const found = other === undefined ? 'is empty' : `holds \`${printable(Buffer.from(other), SHOWN_MAX)}\``
  return unseen('ABSENT', `${wanted}. ${url} ${found}.`)
}

function linesOf(body: Buffer): string[] {
  return body
    .toString('utf8')
    .replace(/^\uFEFF/, '')
    .split(/\r?\n/)
    .map((line) => line.trim())
    .filter((line) => line !== '')
}

export async function lookAtMeta(
  outgoing: Outgoing,
  { metaUrl, metaTag, hash }: { metaUrl: string; metaTag: string; hash: string },
  timeoutMs?: number,
): Promise<Sighting> {
  const fetched = await fetchOnHost(outgoing, metaUrl, { bodyMaxBytes: OWNERSHIP_PAGE_MAX_BYTES, ...time(timeoutMs) })
  const wanted = `${metaUrl} should have \`${metaTag}\` at the beginning of its head`
  if (fetched.kind !== 'FETCHED') return because(fetched, wanted)
  const { url, headers, body } = fetched
  const type = headers['content-type']?.split(';', 1)[0]?.trim().toLowerCase() ?? ''
  if (type !== 'text/html') {
    return unseen(
      'ABSENT',
      `${wanted}. ${url} is ${type === '' ? 'of no type' : type.slice(0, SHOWN_MAX)}, not text/html.`,
    )
  }
  const found = findMeta(body.subarray(0, OWNERSHIP_PAGE_MAX_BYTES).toString('latin1'), TOKEN_NAME)
  if (found.includes(hash)) return SEEN
  const other = found[0]
  const instead =
    other === undefined
      ? 'no tag of this name there; what follows anything unusual in the head is not looked at'
      : `only \`${printable(Buffer.from(other), SHOWN_MAX)}\``
  return unseen('ABSENT', `${wanted}. ${url} has ${instead}.`)
}

function because({ kind, message }: Unseen, wanted: string): Unseen {
  return unseen(kind, `${wanted}. ${message}`)
}

function time(timeoutMs: number | undefined): { timeoutMs?: number } {
  return timeoutMs === undefined ? {} : { timeoutMs }
}
