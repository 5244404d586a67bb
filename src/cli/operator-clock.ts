import type { Command } from 'commander'
import { askAsOperator } from './ask-as-operator.js'
import type { CliHost } from './cli-host.js'
import { fail } from './fail.js'
import { tellStartFault } from './tell-start-fault.js'

/** Adds the operator's commands for after the hub's clock was wrong, or is thought to have been. */
export function addClock(operator: Command, host: CliHost): void {
  operator
    .command('trust-clock')
    .description('Let old data be dropped again after a jump of the clock: look first that the clock is right.')
    .action(() => tellStartFault(host, () => trustClock(host)))
  operator
    .command('drop-future-rounds')
    .description(
      'After the clock was ahead and is right again: take away open rounds of the future, so that rounds begin.',
    )
    .action(() => tellStartFault(host, () => dropFutureRounds(host)))
}

async function trustClock(host: CliHost): Promise<void> {
  const { result } = await askAsOperator<{ result: { since?: string; message?: string } }>(
    host,
    `mutation { result: trustClock { ... on TrustClockSuccess { since } ... on Problem { message } } }`,
  )
  if (result.since !== undefined)
    return host.out(`The clock is trusted: what was held since ${result.since} is dropped within the hour.`)
  return fail(host, result.message)
}

async function dropFutureRounds(host: CliHost): Promise<void> {
  interface Result {
    droppedCount?: number
    keptCount?: number
    restartNeeded?: boolean
    message?: string
  }
  const { result } = await askAsOperator<{ result: Result }>(
    host,
    `mutation { result: dropFutureRounds {
      ... on DropFutureRoundsSuccess { droppedCount keptCount restartNeeded } ... on Problem { message } } }`,
  )
  const { droppedCount, keptCount, restartNeeded, message } = result
  if (droppedCount === undefined) return fail(host, message)
  host.out(`Rounds of the future that were taken away: ${droppedCount}; closed ones that stay: ${keptCount}.`)
  if (restartNeeded) host.out("Restart the hub: its own time is still ahead of the machine's clock.")
}
