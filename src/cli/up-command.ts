import { Command } from 'commander'
import type { Logger } from 'pino'
import { AGENT_VERSION } from '../agent/agent-version.js'
import { printEvents } from '../agent/print-events.js'
import { startAgent } from '../agent/start-agent.js'
import { systemClock } from '../clock.js'
import { startHub, type Hub } from '../hub/start-hub.js'
import type { CliHost } from './cli-host.js'
import { createLog } from './create-log.js'
import { openLocalKey } from './open-local-key.js'
import { readUpSettings, type UpSettings } from './read-up-settings.js'
import { tellStartFault } from './tell-start-fault.js'
import { untilStopped, type Running } from './until-stopped.js'

export function upCommand(host: CliHost): Command {
  return new Command('up')
    .description('Run a hub and one local validator: all you need to watch websites from this machine.')
    .action(() => tellStartFault(host, () => runBoth(host)))
}

async function runBoth(host: CliHost): Promise<void> {
  const settings = readUpSettings(host.env)
  const log = createLog(settings.hub.logLevel, 'PEOPLE', host.err)
  await untilStopped(host, (stopping) => startBoth(host, settings, log, stopping), {
    tellCrash: (error, what) => log.fatal({ error }, what),
  })
}

async function startBoth(host: CliHost, settings: UpSettings, log: Logger, stopping: AbortSignal): Promise<Running> {
  const keys = await openLocalKey(settings.hub, settings.agent)
  const hub = await startHub(settings.hub, { log, stopping })
  greet(host, hub)
  const print = printEvents('PEOPLE', host.out, systemClock.now)
  const agent = startAgent(
    { ...settings.agent, hub: hub.url },
    {
      clock: systemClock,
      keys,
      report: (event) =>
        // Which hub it works for is obvious here.
        event.event === 'STARTED' ? host.out(`Local validator: ${event.publicKey}`) : print(event),
    },
  )
  return {
    async close() {
      await agent.close()
      await hub.close()
    },
  }
}

function greet(host: CliHost, hub: Hub): void {
  const { dataDir, databaseUrl, roundCron } = hub.parts.settings
  const database = databaseUrl === null ? `embedded, in ${dataDir}` : 'PostgreSQL'
  host.out(`Overlaps ${AGENT_VERSION} is running. Database: ${database}. Rounds: ${roundCron}`)
  host.out(`Dashboard: ${hub.url}/`)
  host.out(`GraphiQL: ${hub.url}/graphql`)
  if (hub.firstOwner === null) return
  host.out(`owner token: ${hub.firstOwner.token}`)
  host.out('Keep the token: it is shown only once. The dashboard and GraphiQL take it, and so does the API.')
  host.out("Open this link within 10 minutes: it logs you in, once. Then paste your website's URL there:")
  host.out(hub.firstOwner.logInLink)
}
