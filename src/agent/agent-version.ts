import { VERSION } from '../version.js'

/** The agent is as old as the package that it comes in. */
export const AGENT_VERSION = VERSION

/** What every request of the agent names itself by: the software and where to complain (PROTOCOL §4). */
export function userAgent(complaintsUrl: string): string {
  return `overlaps-validator/${AGENT_VERSION} (+${complaintsUrl})`
}
