import { Command } from 'commander'
import { startHub } from '../hub/start-hub.js'
import type { CliHost } from './cli-host.js'
import { createLog } from './create-log.js'
import { readHubSettings } from './read-hub-settings.js'
import { tellStartFault } from './tell-start-fault.js'
import { untilStopped } from './until-stopped.js'

/** `overlaps hub`: the hub alone, for a server. Logs JSON lines to standard output. */
export function hubCommand(host: CliHost): Command {
  return new Command('hub')
    .description('Run the hub alone; settings come from the environment (docs/operators.md).')
    .action(() => tellStartFault(host, () => runHub(host)))
}

async function runHub(host: CliHost): Promise<void> {
  const settings = readHubSettings(host.env)
  const log = createLog(settings.logLevel, 'JSON', host.out)
  const start = async (stopping: AbortSignal) => {
    const hub = await startHub(settings, { log, stopping })
    log.info({ url: hub.url, origins: hub.parts.settings.origins }, 'hub started')
    // Secrets: for the person who starts the hub, never for the log.
    if (hub.firstOwner !== null) {
      host.err(`owner token: ${hub.firstOwner.token}`)
      host.err(`log-in link, for 10 minutes: ${hub.firstOwner.logInLink}`)
    }
    return {
      async close() {
        log.info('hub stopping')
        await hub.close()
        log.info('hub stopped')
      },
    }
  }
  await untilStopped(host, start, { tellCrash: (error, what) => log.fatal({ error }, what) })
}
