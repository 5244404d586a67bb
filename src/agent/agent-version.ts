import { VERSION } from '../version.js'

export const AGENT_VERSION = VERSION

/** The software and where to complain (PROTOCOL §4). */
export function userAgent(complaintsUrl: string): string {
  return `overlaps-validator/${AGENT_VERSION} (+${complaintsUrl})`
}
