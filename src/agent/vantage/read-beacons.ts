import { isIP } from 'node:net'
import { hostOf } from '../../protocol/target-gate.js'
import { readUrl } from '../../protocol/text-forms.js'
import type { Beacon } from './beacon.js'

/** In four networks; the last two are made for finding portals. */
export const DEFAULT_BEACONS =
  '1.1.1.1:443,9.9.9.9:443,[2606:4700:4700::1111]:443,[2620:fe::fe]:443,*.github.io,*.wordpress.com,http://detectportal.firefox.com/success.txt#success,http://nmcheck.gnome.org/check_network_status.txt#NetworkManager is online'
export const BEACONS_MAX = 20

const ADDRESS_AND_PORT = /^(?:\[([\da-f:.]+)\]|([\d.]+)):(\d{1,5})$/i
const NAME = /^(\*\.)?((?:[a-z\d_](?:[a-z\d_-]{0,61}[a-z\d])?\.)+[a-z\d-]{2,63})$/i
const PORT_MAX = 65_535

/** Null where one of them is none. */
export function readBeacons(written: readonly string[]): Beacon[] | null {
  if (written.length === 1 && written[0]?.trim().toLowerCase() === 'none') return []
  const beacons = written.map((text) => readBeacon(text.trim()))
  return beacons.length > 0 && beacons.length <= BEACONS_MAX && beacons.every((beacon) => beacon !== null)
    ? beacons
    : null
}

function readBeacon(text: string): Beacon | null {
  if (/^http:/i.test(text)) return readPortal(text)
  const [, v6, v4, port] = ADDRESS_AND_PORT.exec(text) ?? []
  if (port !== undefined) return readLine(v6, v4, Number(port))
  const [, star, name] = NAME.exec(text) ?? []
  return name === undefined || isIP(text) !== 0 ? null : { kind: 'NAME', name, isFresh: star !== undefined }
}

function readLine(v6: string | undefined, v4: string | undefined, port: number): Beacon | null {
  const address = v6 ?? v4 ?? ''
  const isWhole = isIP(address) === (v6 === undefined ? 4 : 6) && port >= 1 && port <= PORT_MAX
  return isWhole ? { kind: 'LINE', address, port } : null
}

function readPortal(text: string): Beacon | null {
  const [address = '', ...rest] = text.split('#')
  const url = readUrl(address)
  if (typeof url === 'string' || hostOf(url) === '') return null
  return { kind: 'PORTAL', url: url.href, text: rest.length === 0 ? null : rest.join('#').trim() }
}
