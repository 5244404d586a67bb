import path from 'node:path'
import { Command } from 'commander'
import { openKeyFile } from '../agent/key-file.js'
import { printEvents } from '../agent/print-events.js'
import { readAgentSettings } from '../agent/read-agent-settings.js'
import { startAgent } from '../agent/start-agent.js'
import { systemClock } from '../clock.js'
import { readSettings } from '../hub/read-settings.js'
import { startHub, type Hub } from '../hub/start-hub.js'
import type { CliHost } from './cli-host.js'
import { createLog } from './create-log.js'
import { readVersion } from './read-version.js'
import { tellStartFault } from './tell-start-fault.js'
import { untilStopped } from './until-stopped.js'

/** `overlaps up`: a hub and one validator in this terminal. */
export function upCommand(host: CliHost): Command {
  return new Command('up')
    .description('Run a hub and one local validator: all that it takes to watch websites from here.')
    .action(() => tellStartFault(host, () => runUp(host)))
}

async function runUp(host: CliHost): Promise<void> {
  const settings = readSettings(host.env)
  const log = createLog(settings.logLevel, 'PEOPLE', host.err)
  const hub = await startHub(settings, { log })
  try {
    const agentSettings = readAgentSettings({
      flags: { hub: hub.url },
      env: { ...host.env, OVERLAPS_HUB: undefined },
      file: { keyFile: path.join(settings.dataDir, 'validator-key.json'), label: 'local' },
    })
    const { keys } = await openKeyFile(agentSettings.keyFile)
    greet(host, hub)
    const report = printEvents('PEOPLE', host.out, systemClock.now)
    const agent = startAgent(agentSettings, { clock: systemClock, keys, report })
    await untilStopped(host, async () => {
      await agent.close()
      await hub.close()
    })
  } catch (error) {
    await hub.close()
    throw error
  }
}

function greet(host: CliHost, hub: Hub): void {
  const { dataDir, databaseUrl, roundCron } = hub.parts.settings
  host.out(`Overlaps ${readVersion()} is running: ${hub.url}/graphql`)
  host.out(`database: ${databaseUrl === null ? `embedded, in ${dataDir}` : 'PostgreSQL'}; rounds: ${roundCron}`)
  if (hub.firstOwnerToken !== null) {
    host.out(`owner token: ${hub.firstOwnerToken}`)
    host.out('Keep it: it is shown this once. In GraphiQL, set the header {"authorization": "Bearer <owner token>"}.')
  }
}
