import { Command } from 'commander'
import { printHubSchema } from '../hub/print-schema.js'
import type { CliHost } from './cli-host.js'

export function schemaCommand(host: CliHost): Command {
  return new Command('schema').description("Print the hub's GraphQL schema.").action(() => host.out(printHubSchema()))
}
