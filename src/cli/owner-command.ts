import { Command } from 'commander'
import type { CliHost } from './cli-host.js'
import { createOwnerBeside } from './create-owner-beside.js'
import { tellStartFault } from './tell-start-fault.js'

export function ownerCommand(host: CliHost): Command {
  const owner = new Command('owner').description('Manage the owners of websites.')
  owner
    .command('create')
    .description('Create an owner and print a token for them. Works with or without a running hub.')
    .argument('<email>', "the owner's address")
    .action((email: string) =>
      tellStartFault(host, async () => host.out(`owner token: ${await createOwnerBeside(host, email)}`)),
    )
  return owner
}
