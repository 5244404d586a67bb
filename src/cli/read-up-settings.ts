import path from 'node:path'
import { readAgentSettings, type ValidatorSettings } from '../agent/read-agent-settings.js'
import { localOrigin } from '../http/listen.js'
import { StartFault } from '../start-fault.js'
import type { Settings } from '../settings.js'
import { readHubSettings } from './read-hub-settings.js'

export interface UpSettings {
  hub: Settings
  /** The hub's address in it is set once the port is known. */
  agent: ValidatorSettings
}

/** Throws StartFault with the faults of both. */
export function readUpSettings(env: Record<string, string | undefined>): UpSettings {
  const faults: string[] = []
  const hub = orFault(() => readHubSettings(env), faults)
  const agent = orFault(
    () =>
      readAgentSettings({
        flags: { hub: 'http://localhost', allowPrivateTargets: hub?.allowPrivateTargets ?? false },
        env,
        file: { keyFile: path.join(hub?.dataDir ?? '', 'validator-key.json'), label: 'local' },
      }),
    faults,
  )
  if (hub === null || agent === null) throw new StartFault(faults.join('\n'))
  return { hub: { ...hub, origins: withLocalOrigin(hub) }, agent }
}

function orFault<Value>(read: () => Value, faults: string[]): Value | null {
  try {
    return read()
  } catch (error) {
    if (!(error instanceof StartFault)) throw error
    faults.push(error.message)
    return null
  }
}

/** The local validator signs for the address that it dials, not for the one that others use. */
function withLocalOrigin({ origins, host, port }: Settings): readonly string[] {
  return origins.length === 0 ? origins : [...new Set([...origins, localOrigin(host, port)])]
}
