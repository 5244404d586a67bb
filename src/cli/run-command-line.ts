import { Command, CommanderError } from 'commander'
import { AGENT_VERSION } from '../agent/agent-version.js'
import { backupCommand } from './backup-command.js'
import { checkCommand } from './check-command.js'
import type { CliHost } from './cli-host.js'
import { demoCommand } from './demo-command.js'
import { exportCommand } from './export-command.js'
import { hubCommand } from './hub-command.js'
import { operatorCommand } from './operator-command.js'
import { ownerCommand } from './owner-command.js'
import { restoreCommand } from './restore-command.js'
import { schemaCommand } from './schema-command.js'
import { upCommand } from './up-command.js'
import { validatorCommand } from './validator-command.js'

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

/** `args` without the program's name. A mistyped line exits with 2 and says how to get help. */
export async function runCommandLine(host: CliHost, args: readonly string[]): Promise<void> {
  const program = new Command('overlaps')
    .description('Websites watched by many independent validators: every answer signed, every figure recomputable.')
    .version(AGENT_VERSION)
    .showHelpAfterError('(see overlaps --help)')
    .configureOutput({ writeOut: (text) => host.out(text.trimEnd()), writeErr: (text) => host.err(text.trimEnd()) })
    .exitOverride()
  for (const create of COMMANDS) program.addCommand(withSettingsOf(program, create(host)))
  try {
    await program.parseAsync(args, { from: 'user' })
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error
    host.exitWith(error.exitCode === 0 ? 0 : 2)
  }
}

/** Commands made apart from the program do not inherit how it treats mistyped lines. */
function withSettingsOf(parent: Command, command: Command): Command {
  command.copyInheritedSettings(parent)
  for (const child of command.commands) withSettingsOf(parent, child)
  return command
}
