import { rmSync } from 'node:fs'
import { mkdtemp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { Command } from 'commander'
import { systemClock } from '../clock.js'
import { startDemo } from '../demo/start-demo.js'
import { StartFault } from '../start-fault.js'
import type { CliHost } from './cli-host.js'
import { createLog } from './create-log.js'
import { tellStartFault } from './tell-start-fault.js'
import { untilStopped } from './until-stopped.js'

export function demoCommand(host: CliHost): Command {
  return new Command('demo')
    .description('Show a hub, five validators and three websites at work on this machine; nothing is kept.')
    .option('--rounds <count>', 'rounds of five seconds after which it ends', '12')
    .action((options: { rounds: string }) => tellStartFault(host, () => runDemo(host, readRounds(options.rounds))))
}

async function runDemo(host: CliHost, rounds: number): Promise<void> {
  const dataDir = await mkdtemp(path.join(tmpdir(), 'overlaps-demo-'))
  const discard = () => rmSync(dataDir, { recursive: true, force: true, maxRetries: 5 })
  const leaveNow = () => {
    discard()
    host.leaveNow()
  }
  const log = createLog('error', 'PEOPLE', host.err)
  try {
    await untilStopped(
      { ...host, leaveNow },
      () => startDemo({ dataDir, rounds }, { screen: host, clock: systemClock, log }),
      {
        // Closing the window should leave nothing behind either.
        signals: ['SIGINT', 'SIGTERM', 'SIGHUP'],
        tellCrash: (error, what) => log.fatal({ error }, what),
      },
    )
  } finally {
    discard()
  }
  host.out('The demo is over and nothing of it was kept. For your own websites: npm start')
}

function readRounds(text: string): number {
  if (!/^[1-9]\d{0,5}$/.test(text))
    throw new StartFault(`--rounds must be a whole number from 1 to 999999, not ${text}.`)
  return Number(text)
}
