import { AGENT_VARIABLES } from '../agent/read-agent-settings.js'
import { readSettings } from '../hub/read-settings.js'
import type { Settings } from '../settings.js'

/** What commands read, and what the tests of this repository do. */
const OTHERS = ['OVERLAPS_TOKEN', 'OVERLAPS_TEST_DATABASE_URL', 'OVERLAPS_VECTORS_DIR']

/**
 * Reads the hub's settings from an environment in which those of a validator and of other commands may stand too, as they
 * do for `overlaps up`.
 * @throws StartFault that lists every fault.
 */
export function readHubSettings(env: Readonly<Record<string, string | undefined>>): Settings {
  return readSettings(env, [...AGENT_VARIABLES, ...OTHERS])
}
