import { Command } from 'commander'
import { StartFault } from '../start-fault.js'
import type { CliHost } from './cli-host.js'
import { askAsOperator } from './ask-as-operator.js'
import { addClock } from './operator-clock.js'
import { addDenyList } from './operator-deny-list.js'
import { type ConflictOptions, listConflicts, listLog, listRounds, listValidators } from './operator-lists.js'
import { tellStartFault } from './tell-start-fault.js'

type Word = 'ban' | 'unban' | 'suspend' | 'unsuspend'

const WORDS: Record<Word, { about: string; field: string; done: string }> = {
  ban: {
    about: 'Ban a validator: its sessions end; what it has earned stays.',
    field: 'setValidatorBan(id: $id, banned: true)',
    done: 'banned',
  },
  unban: {
    about: 'Lift a ban: the validator may sign up again.',
    field: 'setValidatorBan(id: $id, banned: false)',
    done: 'no longer banned',
  },
  suspend: {
    about: 'Suspend a validator: it gets no tasks until that is lifted.',
    field: 'setValidatorSuspension(id: $id, suspended: true)',
    done: 'suspended',
  },
  unsuspend: {
    about: 'Lift a suspension: the validator gets tasks again.',
    field: 'setValidatorSuspension(id: $id, suspended: false)',
    done: 'no longer suspended',
  },
}

/** `overlaps operator`: what the operator sees and does, through the hub that runs here. */
export function operatorCommand(host: CliHost): Command {
  const operator = new Command('operator').description('See and rule a running hub, as its operator.')
  const act = (action: () => Promise<void>) => tellStartFault(host, action)
  operator
    .command('validators')
    .description('List the registered validators, the newest first.')
    .option('--banned', 'only those that are banned')
    .option('--suspended', 'only those that are suspended')
    .option('--limit <n>', 'how many at most', '100')
    .action((options: { banned?: true; suspended?: true; limit: string }) => act(() => listValidators(host, options)))
  for (const [word, { about }] of Object.entries(WORDS) as [Word, (typeof WORDS)[Word]][]) {
    operator
      .command(word)
      .description(about)
      .argument('<id>', "the validator's ID")
      .action((id: string) => act(() => setState(host, word, id)))
  }
  operator
    .command('rounds')
    .description('List the newest rounds: what was asked and answered, and when they were closed.')
    .option('--limit <n>', 'how many at most', '20')
    .action((options: { limit: string }) => act(() => listRounds(host, options)))
  operator
    .command('conflicts')
    .description('List validators that have signed two different answers to one task, the newest round first.')
    .option('--validator <id>', 'only of this validator')
    .option('--limit <n>', 'how many at most', '100')
    .option('--json', 'both answers with what proves them, to be kept and verified')
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
  const { field, done } = WORDS[word]
  const { validator } = await askAsOperator<{ validator: { id: string } | null }>(
    host,
    `mutation ($id: ID!) { validator: ${field} { id } }`,
    { id },
  )
  if (validator) return host.out(`${validator.id} is ${done}.`)
  return fail(host, `There is no validator with the ID ${id}: overlaps operator validators lists them.`)
}

async function revoke(host: CliHost, email: string): Promise<void> {
  interface Answer {
    revokeOwnerTokens: { revokedCount?: number; message?: string }
  }
  const { revokeOwnerTokens } = await askAsOperator<Answer>(
    host,
    `mutation ($email: String!) { revokeOwnerTokens(email: $email) {
      ... on RevokeOwnerTokensSuccess { revokedCount } ... on Problem { message } } }`,
    { email },
  )
  const { revokedCount, message } = revokeOwnerTokens
  if (revokedCount !== undefined)
    return host.out(`Tokens and log-in sessions of ${email} that were ended: ${revokedCount}.`)
  if (message === undefined) throw new StartFault('The hub gave no answer.')
  return fail(host, message)
}

/** The command was right and came to nothing. */
function fail(host: CliHost, message: string): void {
  host.err(message)
  host.exitWith(1)
}
