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
          'By the schedule, or by an operator besides it. It asks for all websites that are due, and they get verdicts.',
      },
      ON_DEMAND: { description: 'To look at some websites now. No version begins any yet.' },
    } satisfies Record<RoundKind, object>,
  })
  const round = builder.objectRef<ListedRound>('Round').implement({
    description: 'A round that was begun, over all hubs.',
    fields: (t) => ({
      roundAt: t.expose('roundAt', { type: 'DateTime', description: 'Its instant, which names it.' }),
      kind: t.expose('kind', { type: kind, description: 'Why it was begun.' }),
      deadlineAt: t.expose('deadlineAt', { type: 'DateTime', description: 'When its answers were due.' }),
      closedAt: t.expose('closedAt', {
        type: 'DateTime',
        nullable: true,
        description: 'When its verdicts were made; null before.',
      }),
      rewardRule: t.exposeString('rewardRule', {
        nullable: true,
        description:
          'Name and version of the rule by which answers are paid, as docs/validators.md has it. Null for rounds of versions that did not record it.',
      }),
      rewardLamports: t.field({
        type: 'BigInt',
        nullable: true,
        description:
          'What each accepted answer earns, whichever hub takes it; the hub that began the round first fixed it. Null where `rewardRule` is.',
        resolve: ({ rewardLamports }) => (rewardLamports === null ? null : BigInt(rewardLamports)),
      }),
      websiteCount: t.exposeInt('websiteCount', { description: 'Websites that it asked for.' }),
      validatorCount: t.exposeInt('validatorCount', { description: 'Validators that it asked.' }),
      asked: t.exposeFloat('asked', {
        nullable: true,
        description: 'Tasks that it gave out; null until it is closed, and 0 once its verdicts are no longer kept.',
      }),
      answered: t.exposeFloat('answered', { nullable: true, description: 'Those of them that were answered in time.' }),
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
        description: 'The rounds that were begun, the newest first.',
        resolve: (_root, page, { store }) =>
          resolvePage(page, { cursor: ROUND_CURSOR, read: (slice) => listRounds(store.sql, slice) }),
      },
      roundConnection,
    ),
  )
}
