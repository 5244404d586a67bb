import { Command } from 'commander'
import { OPERATOR } from '../graph/actor.js'
import { createLogInLink } from '../owner/create-log-in-link.js'
import { createOwner } from '../owner/create-owner.js'
import type { CliHost } from './cli-host.js'
import { doBeside, type OwnerDeed } from './do-beside.js'
import { tellStartFault } from './tell-start-fault.js'

const CREATE: OwnerDeed = {
  mutation: `mutation ($email: String!) {
    done: createOwner(input: { email: $email }) { ... on CreateOwnerSuccess { shown: token } ... on Problem { message } }
  }`,
  async verb(parts, email) {
    const outcome = await createOwner(parts, OPERATOR, { email, password: null })
    return outcome.kind === 'refused' ? outcome : { kind: 'done', shown: outcome.token }
  },
}

const LINK: OwnerDeed = {
  mutation: `mutation ($email: String!) {
    done: createLogInLink(input: { email: $email }) { ... on CreateLogInLinkSuccess { shown: url } ... on Problem { message } }
  }`,
  async verb(parts, email) {
    const outcome = await createLogInLink(parts, OPERATOR, { email })
    return outcome.kind === 'refused' ? outcome : { kind: 'done', shown: outcome.url }
  },
}

export function ownerCommand(host: CliHost): Command {
  const owner = new Command('owner').description('Manage the owners of websites.')
  owner
    .command('create')
    .description('Create an owner and print a token for them. Works with or without a running hub.')
    .argument('<email>', "the owner's address")
    .action((email: string) =>
      tellStartFault(host, async () => host.out(`owner token: ${await doBeside(host, CREATE, email)}`)),
    )
  owner
    .command('link')
    .description(
      'Print a link that opens the dashboard logged in, once, for 10 minutes. Works with or without a running hub.',
    )
    .argument('<email>', "the owner's address")
    .action((email: string) =>
      tellStartFault(host, async () => host.out(`log-in link: ${await doBeside(host, LINK, email)}`)),
    )
  return owner
}
