import { Command } from 'commander'
import { StartFault } from '../start-fault.js'
import type { CliHost } from './cli-host.js'
import { fail } from './fail.js'
import { askAsOperator } from './ask-as-operator.js'
import { addClock } from './operator-clock.js'
import { addDenyList } from './operator-deny-list.js'
import {
  type ConflictOptions,
  listConflicts,
  listLog,
  listRounds,
  listValidators,
  type ValidatorOptions,
} from './operator-lists.js'
import { tellStartFault } from './tell-start-fault.js'

type Word = 'ban' | 'unban' | 'suspend' | 'unsuspend'

const WORDS: Record<Word, { about: string; field: string; success: string; done: string }> = {
  ban: {
    about: 'Ban a validator: its sessions end; what it has earned stays.',
    field: 'setValidatorBan(input: { id: $id, banned: true })',
    success: 'SetValidatorBanSuccess',
    done: 'banned',
  },
  unban: {
    about: 'Lift a ban: the validator may sign up again.',
    field: 'setValidatorBan(input: { id: $id, banned: false })',
    success: 'SetValidatorBanSuccess',
    done: 'no longer banned',
  },
  suspend: {
    about: 'Suspend a validator: it gets no tasks until that is lifted.',
    field: 'setValidatorSuspension(input: { id: $id, suspended: true })',
    success: 'SetValidatorSuspensionSuccess',
    done: 'suspended',
  },
  unsuspend: {
    about: 'Lift a suspension: the validator gets tasks again.',
    field: 'setValidatorSuspension(input: { id: $id, suspended: false })',
    success: 'SetValidatorSuspensionSuccess',
    done: 'no longer suspended',
  },
}

export function operatorCommand(host: CliHost): Command {
  const operator = new Command('operator').description('Inspect and manage a running hub, as its operator.')
  const act = (action: () => Promise<void>) => tellStartFault(host, action)
  operator
    .command('validators')
    .description('List the registered validators, the newest first.')
    .option('--connected', 'only those that are connected to this hub')
    .option('--banned', 'only those that are banned')
    .option('--suspended', 'only those that are suspended')
    .option('--limit <n>', 'how many at most', '100')
    .action((options: ValidatorOptions) => act(() => listValidators(host, options)))
  for (const [word, { about }] of Object.entries(WORDS) as [Word, (typeof WORDS)[Word]][]) {
    operator
      .command(word)
      .description(about)
      .argument('<id>', "the validator's ID")
      .action((id: string) => act(() => setState(host, word, id)))
  }
  operator
    .command('rounds')
    .description(
      'List the newest rounds: their kind, what was asked and answered, what an answer earns, and when they were closed.',
    )
    .option('--limit <n>', 'how many at most', '20')
    .action((options: { limit: string }) => act(() => listRounds(host, options)))
  operator
    .command('conflicts')
    .description('List validators that have signed two different answers to one task, the newest round first.')
    .option('--validator <id>', 'only of this validator')
    .option('--limit <n>', 'how many at most', '100')
    .option('--json', 'both answers with their proofs, to keep and verify')
    .action((options: ConflictOptions) => act(() => listConflicts(host, options)))
  operator
    .command('revoke')
    .description('End all tokens and log-in sessions of an owner; the password stays.')
    .argument('<email>', "the owner's address")
    .action((email: string) => act(() => revoke(host, email)))
  addDenyList(operator, host)
  addClock(operator, host)
  operator
    .command('log')
    .description('List who changed what, the newest first.')
    .option('--owner <email>', 'only about this owner')
    .option('--limit <n>', 'how many at most', '100')
    .action((options: { owner?: string; limit: string }) => act(() => listLog(host, options)))
  return operator
}

async function setState(host: CliHost, word: Word, id: string): Promise<void> {
  const { field, success, done } = WORDS[word]
  const { result } = await askAsOperator<{ result: { validator?: { id: string } } }>(
    host,
    `mutation ($id: ID!) { result: ${field} { ... on ${success} { validator { id } } } }`,
    { id },
  )
  if (result.validator) return host.out(`${result.validator.id} is ${done}.`)
  return fail(host, `No validator has the ID ${id}: see overlaps operator validators.`)
}

async function revoke(host: CliHost, email: string): Promise<void> {
  interface Answer {
    revokeOwnerTokens: { revokedCount?: number; message?: string }
  }
  const { revokeOwnerTokens } = await askAsOperator<Answer>(
    host,
    `mutation ($email: String!) { revokeOwnerTokens(input: { email: $email }) {
      ... on RevokeOwnerTokensSuccess { revokedCount } ... on Problem { message } } }`,
    { email },
  )
  const { revokedCount, message } = revokeOwnerTokens
  if (revokedCount !== undefined) return host.out(`Ended tokens and log-in sessions of ${email}: ${revokedCount}.`)
  if (message === undefined) throw new StartFault('The hub gave no answer.')
  return fail(host, message)
}
