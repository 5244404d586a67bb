import { AGENT_VARIABLES } from '../agent/read-agent-settings.js'
import { readSettings } from '../hub/read-settings.js'
import type { Settings } from '../settings.js'

/** Variables of other commands, and of the tests of this repository. */
const OTHERS = ['OVERLAPS_TOKEN', 'OVERLAPS_TEST_DATABASE_URL', 'OVERLAPS_VECTORS_DIR']

/** The environment may also contain a validator's settings, as for `overlaps up`. Throws StartFault with all faults. */
export function readHubSettings(env: Readonly<Record<string, string | undefined>>): Settings {
  return readSettings(env, [...AGENT_VARIABLES, ...OTHERS])
}
