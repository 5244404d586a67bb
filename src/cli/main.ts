#!/usr/bin/env node
import './production.js'
import { Command } from 'commander'
import { AGENT_VERSION } from '../agent/agent-version.js'
import { backupCommand } from './backup-command.js'
import { checkCommand } from './check-command.js'
import type { CliHost, ExitCode } from './cli-host.js'
import { demoCommand } from './demo-command.js'
import { exportCommand } from './export-command.js'
import { hubCommand } from './hub-command.js'
import { operatorCommand } from './operator-command.js'
import { ownerCommand } from './owner-command.js'
import { restoreCommand } from './restore-command.js'
import { schemaCommand } from './schema-command.js'
import { upCommand } from './up-command.js'
import { validatorCommand } from './validator-command.js'

const { stdout, stderr } = process

/** The only file that touches the process. */
const host: CliHost = {
  // eslint-disable-next-line node/no-process-env -- read here and nowhere else
  env: process.env,
  out: (line) => void stdout.write(`${line}\n`),
  err: (line) => void stderr.write(`${line}\n`),
  write: (bytes) =>
    new Promise((resolve, reject) => {
      stdout.write(bytes, (error) => (error ? reject(error) : resolve()))
    }),
  draw: (text) => void stdout.write(text),
  onSignal(signals, handler) {
    for (const signal of signals) process.on(signal, handler)
    return () => {
      for (const signal of signals) process.off(signal, handler)
    }
  },
  onCrash(handler) {
    // Rejections that nobody handles come here too.
    process.on('uncaughtException', handler)
    return () => void process.off('uncaughtException', handler)
  },
  exitWith(code: ExitCode) {
    process.exitCode = code
  },
  leaveNow: () => process.exit(1),
  showsColours: stdout.hasColors?.() ?? false,
  terminalSize() {
    // eslint-disable-next-line node/no-process-env -- a terminal that says it can do nothing
    const isDrawable = stdout.isTTY && process.env['TERM'] !== 'dumb' && stdout.columns > 0
    return isDrawable ? { columns: stdout.columns, rows: stdout.rows } : null
  },
}
// Whoever read has gone (`overlaps … | head`, a closed terminal): what runs here still ends as it should.
stdout.on('error', () => {})
stderr.on('error', () => {})

const COMMANDS = [
  upCommand,
  demoCommand,
  hubCommand,
  validatorCommand,
  checkCommand,
  ownerCommand,
  operatorCommand,
  exportCommand,
  backupCommand,
  restoreCommand,
  schemaCommand,
]

const program = new Command('overlaps')
  .description('Websites watched by many independent validators: every answer signed, every figure recomputable.')
  .version(AGENT_VERSION)
  .showHelpAfterError('(see overlaps --help)')
  .exitOverride((error) => process.exit(error.exitCode === 0 ? 0 : 2))
for (const create of COMMANDS) program.addCommand(withSettingsOf(program, create(host)))
await program.parseAsync()

/** Commands made apart from the program know nothing of its ways with a mistyped line. */
function withSettingsOf(parent: Command, command: Command): Command {
  command.copyInheritedSettings(parent)
  for (const child of command.commands) withSettingsOf(parent, child)
  return command
}
