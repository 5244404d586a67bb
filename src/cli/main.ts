#!/usr/bin/env node
import { Command } from 'commander'
import { checkCommand } from './check-command.js'
import type { CliHost, ExitCode } from './cli-host.js'
import { hubCommand } from './hub-command.js'
import { ownerCommand } from './owner-command.js'
import { schemaCommand } from './schema-command.js'
import { upCommand } from './up-command.js'
import { validatorCommand } from './validator-command.js'
import { readVersion } from './read-version.js'

/** The only file that touches the process. */
const host: CliHost = {
  // eslint-disable-next-line node/no-process-env -- read here and nowhere else
  env: process.env,
  out: (line) => void process.stdout.write(`${line}\n`),
  err: (line) => void process.stderr.write(`${line}\n`),
  onSignal(handler) {
    process.on('SIGINT', handler)
    process.on('SIGTERM', handler)
    return () => {
      process.off('SIGINT', handler)
      process.off('SIGTERM', handler)
    }
  },
  exitWith(code: ExitCode) {
    process.exitCode = code
  },
  leaveNow: () => process.exit(1),
  showsColours: process.stdout.hasColors?.() ?? false,
}

const program = new Command('overlaps')
  .description('Websites watched by many independent validators: every answer signed, every figure recomputable.')
  .version(readVersion())
  .showHelpAfterError('(see overlaps --help)')
  .exitOverride((error) => process.exit(error.exitCode === 0 ? 0 : 2))
for (const create of [upCommand, hubCommand, validatorCommand, checkCommand, ownerCommand, schemaCommand]) {
  program.addCommand(create(host))
}
await program.parseAsync()
