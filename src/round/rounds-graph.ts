import { addConnection } from '../graph/add-connection.js'
import type { RoundKind } from '../generated/prisma/client.js'
import type { Builder } from '../graph/builder.js'
import { type Cursor, resolvePage } from '../graph/resolve-page.js'
import { formatInstant, parseInstant } from '../protocol/text-forms.js'
import { type ListedRound, listRounds } from './list-rounds.js'

const ROUND_CURSOR: Cursor<ListedRound, number> = {
  of: ({ roundAt }) => formatInstant(roundAt.getTime()),
  parse: parseInstant,
}

export function addRounds(builder: Builder): void {
  const kind = builder.enumType('RoundKind', {
    description: 'Why a round was begun.',
    values: {
      SCHEDULED: {
        description:
          'By the schedule, or manually by an operator. It checks all websites that are due, and gives them verdicts.',
      },
      ON_DEMAND: { description: 'To check some websites now. Not used in this version.' },
    } satisfies Record<RoundKind, object>,
  })
  const round = builder.objectRef<ListedRound>('Round').implement({
    description: 'A round that was begun, over all hubs.',
    fields: (t) => ({
      roundAt: t.expose('roundAt', { type: 'DateTime', description: 'Its instant, which identifies it.' }),
      kind: t.expose('kind', { type: kind, description: 'What it was begun for.' }),
      deadlineAt: t.expose('deadlineAt', { type: 'DateTime', description: 'When its answers were due.' }),
      closedAt: t.expose('closedAt', {
        type: 'DateTime',
        nullable: true,
        description: 'When its verdicts were made; null before.',
      }),
      rewardRule: t.exposeString('rewardRule', {
        nullable: true,
        description:
          'Name and version of the rule by which answers are paid, as explained in docs/validators.md. Null for rounds of versions that did not record it.',
      }),
      rewardLamports: t.field({
        type: 'BigInt',
        nullable: true,
        description:
          'What each accepted answer earns at every hub; fixed by the hub that first began the round. Null where `rewardRule` is.',
        resolve: ({ rewardLamports }) => (rewardLamports === null ? null : BigInt(rewardLamports)),
      }),
      websiteCount: t.exposeInt('websiteCount', { description: 'Websites that it checked.' }),
      validatorCount: t.exposeInt('validatorCount', { description: 'Validators that it asked.' }),
      asked: t.exposeFloat('asked', {
        nullable: true,
        description: 'Tasks given out; null until the round is closed, and 0 once its verdicts are no longer kept.',
      }),
      answered: t.exposeFloat('answered', { nullable: true, description: 'Tasks that were answered in time.' }),
    }),
  })
  const roundConnection = addConnection(builder, round, {
    page: 'A page of rounds.',
    edge: 'A round on its page.',
  })
  builder.queryField('rounds', (t) =>
    t.connection(
      {
        audience: 'OPERATOR',
        type: round,
        description: 'The rounds that were begun, newest first.',
        resolve: (_root, page, { store }) =>
          resolvePage(page, { cursor: ROUND_CURSOR, read: (slice) => listRounds(store.sql, slice) }),
      },
      roundConnection,
    ),
  )
}
