import { randomBytes } from 'node:crypto'
import { dial } from '../../dial/dial.js'
import type { DialSigns } from '../../dial/dial-signs.js'
import { exchange } from '../../dial/exchange.js'
import { startFigures } from '../../dial/figures.js'
import { type Life, startLife } from '../../dial/life.js'
import { openSocket } from '../../dial/open-socket.js'
import type { HostResolver } from '../../dial/resolve-host.js'
import { deniesAddress, type TargetPolicy } from '../check/target-policy.js'
import type { Beacon } from './beacon.js'
import { LINE_PATIENCE_MS, NAME_PATIENCE_MS, PORTAL_BODY_MAX_BYTES, PORTAL_PATIENCE_MS } from './limits.js'

export interface BeaconTerms {
  policy: TargetPolicy
  userAgent: string
  resolveHost: HostResolver
  signs: DialSigns
  signal: AbortSignal
}

/** `OTHERWISE`: somebody answered, and not as the beacon does. */
export type BeaconAnswer = 'ANSWERED' | 'SILENT' | 'OTHERWISE'

const PATIENCE_MS = { LINE: LINE_PATIENCE_MS, NAME: NAME_PATIENCE_MS, PORTAL: PORTAL_PATIENCE_MS }

/** One small request, bounded in time and bytes. Never rejects. */
export async function askBeacon(beacon: Beacon, terms: BeaconTerms): Promise<BeaconAnswer> {
  const life = startLife(PATIENCE_MS[beacon.kind], terms.signal)
  try {
    const answer = await Promise.race([ask(beacon, terms, life), life.cutoff])
    return answer === 'TIMED_OUT' || answer === 'ABORTED' ? 'SILENT' : answer
  } catch {
    return 'SILENT'
  } finally {
    life.end()
  }
}

async function ask(beacon: Beacon, terms: BeaconTerms, life: Life): Promise<BeaconAnswer> {
  if (beacon.kind === 'PORTAL') return askPortal(beacon.url, beacon.text, terms, life)
  if (beacon.kind === 'LINE') {
    const opened = await dial(beacon.address, beacon.port, dialTerms(terms, life), startFigures())
    return opened.kind === 'connected' ? 'ANSWERED' : 'SILENT'
  }
  const host = beacon.isFresh ? `o${randomBytes(6).toString('hex')}.${beacon.name}` : beacon.name
  const addresses = await terms.resolveHost(host, 0, life)
  if (addresses.length === 0) return 'SILENT'
  terms.signs.resolved?.(host)
  return 'ANSWERED'
}

function dialTerms({ resolveHost, policy, signs }: BeaconTerms, life: Life) {
  return { resolveHost, forbids: (address: string) => deniesAddress(policy, address), life, signs }
}

async function askPortal(address: string, text: string | null, terms: BeaconTerms, life: Life): Promise<BeaconAnswer> {
  const url = new URL(address)
  const figures = startFigures()
  // Its name may come from a cache, so it says nothing of the name servers.
  const { resolved: _, ...signs } = terms.signs
  const opened = await openSocket(url, { ...dialTerms(terms, life), signs }, figures)
  if (opened.kind !== 'connected') return 'SILENT'
  const pieces: Buffer[] = []
  const headerLines = ['host', url.host, 'user-agent', terms.userAgent, 'accept', '*/*', 'connection', 'close']
  const answer = await exchange(opened.socket, { url, method: 'GET', headerLines, body: null }, figures, {
    onHead: () => true,
    onPiece: (piece) => void pieces.push(piece),
    bodyMaxBytes: PORTAL_BODY_MAX_BYTES,
  })
  if (answer.kind === 'failed' || isInTrouble(answer.httpStatus)) return 'SILENT'
  if (text === null) return answer.httpStatus === 204 ? 'ANSWERED' : 'OTHERWISE'
  if (answer.body.kind === 'CUT') return 'SILENT'
  return answer.httpStatus === 200 && Buffer.concat(pieces).toString().trim() === text ? 'ANSWERED' : 'OTHERWISE'
}

/** The beacon's own trouble; 511 is how portals say what they are (RFC 6585 §6). */
function isInTrouble(httpStatus: number): boolean {
  return httpStatus === 429 || (httpStatus >= 500 && httpStatus !== 511)
}
