/** Of this package, as `package.json` says; a test holds the two together, for `dist` has no package file of its own. */
export const AGENT_VERSION = '0.1.0'

/** What every request of the agent names itself by: the software and where to complain (PROTOCOL §4). */
export function userAgent(complaintsUrl: string): string {
  return `overlaps-validator/${AGENT_VERSION} (+${complaintsUrl})`
}
