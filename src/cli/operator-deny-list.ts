import type { Command } from 'commander'
import { StartFault } from '../start-fault.js'
import { askAsOperator } from './ask-as-operator.js'
import type { CliHost } from './cli-host.js'
import { fail } from './fail.js'
import { formatTable } from './format-table.js'
import { tellStartFault } from './tell-start-fault.js'

interface DeniedHost {
  host: string
  reason: string
  createdAt: string
}

export function addDenyList(operator: Command, host: CliHost): void {
  const act = (action: () => Promise<void>) => tellStartFault(host, action)
  operator
    .command('deny-host')
    .description('Stop all checks and webhooks to a host, or to a name and everything below it.')
    .argument('<host>', 'a name or an address, without scheme and port')
    .requiredOption('--reason <text>', 'why, in a sentence, which owners of websites there can read')
    .action((denied: string, { reason }: { reason: string }) => act(() => denyHost(host, denied, reason)))
  operator
    .command('allow-host')
    .description('Remove a host from the deny-list: enabled websites there are checked again from the next round on.')
    .argument('<host>', 'the host as `denied-hosts` lists it')
    .action((allowed: string) => act(() => allowHost(host, allowed)))
  operator
    .command('denied-hosts')
    .description('List the denied hosts.')
    .action(() => act(() => listDenied(host)))
}

async function denyHost(cli: CliHost, host: string, reason: string): Promise<void> {
  const { denyHost: answer } = await askAsOperator<{ denyHost: { deniedHost?: DeniedHost; message?: string } }>(
    cli,
    `mutation ($host: String!, $reason: String!) { denyHost(input: { host: $host, reason: $reason }) {
      ... on DenyHostSuccess { deniedHost { host } } ... on Problem { message } } }`,
    { host, reason },
  )
  if (answer.deniedHost) return cli.out(`${answer.deniedHost.host} is denied from the next round on.`)
  if (answer.message === undefined) throw new StartFault('The hub gave no answer.')
  return fail(cli, answer.message)
}

async function allowHost(cli: CliHost, host: string): Promise<void> {
  const { allowHost: answer } = await askAsOperator<{ allowHost: { deniedHost?: DeniedHost } }>(
    cli,
    `mutation ($host: String!) { allowHost(input: { host: $host }) {
      ... on AllowHostSuccess { deniedHost { host } } } }`,
    { host },
  )
  if (answer.deniedHost) return cli.out(`${answer.deniedHost.host} is no longer denied.`)
  return fail(cli, `${host} is not on the deny-list: see overlaps operator denied-hosts.`)
}

async function listDenied(cli: CliHost): Promise<void> {
  const query = '{ deniedHosts { host reason createdAt } }'
  const { deniedHosts } = await askAsOperator<{ deniedHosts: DeniedHost[] }>(cli, query)
  const rows = deniedHosts.map(({ host, reason, createdAt }) => [host, createdAt, reason])
  cli.out(formatTable(['host', 'since', 'reason'], rows, cli.terminalSize()?.columns ?? null))
}
