import type { DnsAnswer, Question } from '../dial/dns-message.js'
import { BEACON, PORTAL, WEBSITE } from './addresses.js'
import type { ResolverMood } from './world-messages.js'

/** What a name server of the small internet says, by its mood. */
export function answerName({ name, type }: Question, mood: ResolverMood): DnsAnswer {
  if (mood === 'SILENT') return 'SILENCE'
  if (mood === 'SERVFAIL' || mood === 'NXDOMAIN') return mood
  if (mood === 'LYING') return type === 'A' ? [PORTAL.v4] : []
  if (name === 'broken.example') return 'SERVFAIL'
  const { v4, v6 } = recordsOf(name)
  if (v4 === null && v6 === null) return 'NXDOMAIN'
  const address = type === 'A' ? v4 : type === 'AAAA' ? v6 : null
  return address === null ? [] : [address]
}

function recordsOf(name: string): { v4: string | null; v6: string | null } {
  if (name === BEACON.name || name === BEACON.portalName) return { v4: BEACON.v4, v6: null }
  if (name === 'login.portal.example') return { v4: PORTAL.v4, v6: null }
  if (!/\.(up|down)\.example$/.test(name)) return { v4: null, v6: null }
  return {
    v4: name.startsWith('v6.') ? null : WEBSITE.up,
    v6: /^(v6|both)\./.test(name) ? WEBSITE.upOver6 : null,
  }
}
