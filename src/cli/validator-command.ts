import { Command } from 'commander'

import { openKeyFile } from '../agent/key-file.js'
import { printEvents } from '../agent/print-events.js'
import { readAgentSettings } from '../agent/read-agent-settings.js'
import type { WrittenSettings } from '../agent/read-agent-settings.js'
import { readConfigFile } from '../agent/read-config-file.js'
import { startAgent } from '../agent/start-agent.js'
import { systemClock } from '../clock.js'
import type { CliHost } from './cli-host.js'
import { createLog } from './create-log.js'
import { tellStartFault } from './tell-start-fault.js'
import { untilStopped } from './until-stopped.js'

interface ValidatorOptions extends WrittenSettings {
  config?: string
  json?: true
}

export function validatorCommand(host: CliHost): Command {
  return new Command('validator')
    .description('Check websites for a hub and be paid for it.')
    .option('--hub <address>', 'the hub to work for, such as http://localhost:8081 (OVERLAPS_HUB)')
    .option('--key <file>', 'key file, made if there is none; ./validator-key.json by default (OVERLAPS_KEY_FILE)')
    .option('--concurrency <count>', 'checks at a time; 50 by default (OVERLAPS_CONCURRENCY)')
    .option(
      '--allow-private',
      'check private addresses too: for your own network only (OVERLAPS_ALLOW_PRIVATE_TARGETS=1)',
    )
    .option('--ports <list>', 'ports that may be checked, or any (OVERLAPS_TARGET_PORTS)')
    .option('--deny <hosts>', 'names and addresses never to check, separated by commas (OVERLAPS_DENIED_HOSTS)')
    .option(
      '--beacons <list>',
      'hosts that tell whether the network works from here, or none; a few by default (OVERLAPS_BEACONS)',
    )
    .option('--label <text>', 'what the hub shows this validator as (OVERLAPS_LABEL)')
    .option('--region <text>', 'where this validator is (OVERLAPS_REGION)')
    .option(
      '--complaints-url <url>',
      'where owners of websites may complain; the hub by default (OVERLAPS_COMPLAINTS_URL)',
    )
    .option('--config <file>', 'JSON file of settings; flags and environment take precedence')
    .option('--json', 'print one JSON object per line')
    .action((options: ValidatorOptions) => tellStartFault(host, () => runValidator(host, options)))
}

async function runValidator(host: CliHost, { config, json, ...written }: ValidatorOptions): Promise<void> {
  const { key: keyFile, allowPrivate: allowPrivateTargets, ports: targetPorts, deny: deniedHosts, ...others } = written
  const settings = readAgentSettings({
    flags: { ...others, keyFile, allowPrivateTargets, targetPorts, deniedHosts },
    env: host.env,
    file: config === undefined ? {} : await readConfigFile(config),
  })
  const { keys, origin } = await openKeyFile(settings.keyFile)
  if (origin === 'CREATED')
    host.err(`Made a new key in ${settings.keyFile}. Keep a copy: whoever has it has the balance.`)
  const report = printEvents(
    json ? 'JSON' : 'PEOPLE',
    (line) => host.out(line),
    () => systemClock.now(),
  )
  const log = createLog('info', json ? 'JSON' : 'PEOPLE', host.err)
  await untilStopped(host, async () => startAgent(settings, { clock: systemClock, keys, report }), {
    tellCrash: (error, what) => log.fatal({ error }, what),
  })
}
