import type { Verdict, VerdictStatus } from '../generated/prisma/client.js'
import { perOperation } from '../graph/batch.js'
import type { Builder, EnumRef, ObjectRef } from '../graph/builder.js'
import { atMost } from '../graph/items-max.js'
import { FAILURE_CLASSES, type FailureClass } from '../protocol/tick.js'
import type { TickEnums } from '../tick/tick-enums.js'
import { confidenceOf, type VerdictConfidence } from './vote-rule.js'

export interface VerdictRefs {
  verdict: ObjectRef<Verdict>
  verdictStatus: EnumRef<VerdictStatus>
}

type Refs = Pick<TickEnums, 'failureClass'>

export function addVerdictType(builder: Builder, refs: Refs): VerdictRefs {
  const { status, confidence, failureCount } = addVerdictParts(builder, refs)
  const rulesOf = createRuleReader()
  const verdict = builder.objectRef<Verdict>('Verdict').implement({
    description:
      'The result of a round for one website. `networkCount` and votes count networks; all other counts are of validators.',
    fields: (t) => ({
      roundAt: t.expose('roundAt', { type: 'DateTime', description: "The round's instant." }),
      from: t.field({
        type: 'DateTime',
        description: 'Start of the time that this verdict counts for: the round, or the end of the previous verdict.',
        resolve: ({ roundAt, startsAfterMs }) => new Date(roundAt.getTime() + startsAfterMs),
      }),
      to: t.field({
        type: 'DateTime',
        description: "End of that time, not included: the website's next check, at most a day later.",
        resolve: ({ roundAt, startsAfterMs, lastsMs }) => new Date(roundAt.getTime() + startsAfterMs + lastsMs),
      }),
      status: t.expose('status', { type: status, description: 'The verdict.' }),
      confidence: t.field({ type: confidence, description: 'How sure it is.', resolve: confidenceOf }),
      inMaintenance: t.exposeBoolean('inMaintenance', {
        description: 'Whether it was in maintenance, and so is counted separately.',
      }),
      rule: t.field({
        type: 'String',
        description: 'Name and version of the rule, as explained in docs/verdicts.md.',
        resolve: ({ roundAt }, _args, context) => rulesOf(context, roundAt.getTime()),
      }),
      checkRevision: t.exposeInt('checkRevision', { description: 'Revision of the check settings.' }),
      asked: t.exposeInt('asked', { description: 'Validators asked.' }),
      answered: t.exposeInt('answered', { description: 'Validators that answered in time.' }),
      agreed: t.exposeInt('agreed', { description: 'Answers that match the verdict; 0 if it is Inconclusive.' }),
      disagreed: t.exposeInt('disagreed', {
        description: 'Answers that contradict the verdict; 0 if it is Inconclusive.',
      }),
      networkCount: t.exposeInt('networkCount', { description: 'Number of networks that these validators are in.' }),
      quorumBase: t.exposeInt('quorumBase', { description: 'N: the most networks asked in the last 15 minutes.' }),
      votesNeeded: t.exposeInt('votesNeeded', {
        description: "Votes needed for Good or Bad: more than half of N, or the website's minimum if that is greater.",
      }),
      goodVotes: t.exposeInt('goodVotes', { description: 'Networks that voted Good.' }),
      badVotes: t.exposeInt('badVotes', { description: 'Networks that voted Bad.' }),
      votesSetAside: t.exposeInt('votesSetAside', {
        description: 'Votes not counted because their networks seemed to be offline themselves.',
      }),
      failures: t.field({
        type: [failureCount],
        description: 'Why answers were Bad, most frequent first. Empty if none was.',
        extensions: atMost(FAILURE_CLASSES.length),
        resolve: ({ failures }) => countFailures(failures),
      }),
      medianLatencyUs: t.exposeInt('medianLatencyUs', {
        nullable: true,
        description: 'Median latency of the Good answers in microseconds, the lower of two in the middle.',
      }),
      p95LatencyUs: t.exposeInt('p95LatencyUs', {
        nullable: true,
        description: '95th percentile of those latencies. Null for verdicts older than this field.',
      }),
      root: t.field({
        type: 'Hash',
        nullable: true,
        description:
          "RFC 6962 tree hash of the leaves of its ticks (PROTOCOL §2.3), ordered by the validators' public keys as bytes; with the rule networks-v1, by their first signup. Null without ticks.",
        resolve: ({ root }) => root && Buffer.from(root).toString('hex'),
      }),
    }),
  })
  return { verdict, verdictStatus: status }
}

interface FailureCount {
  failure: FailureClass
  count: number
}

function addVerdictParts(builder: Builder, { failureClass }: Refs) {
  const status = builder.enumType('VerdictStatus', {
    description: 'The result of a round for a website.',
    values: {
      Good: { description: 'Enough networks found that the website passes its check.' },
      Bad: { description: 'Enough networks found that it fails.' },
      Inconclusive: { description: 'Too few networks agreed or answered. Never counts as down.' },
    } satisfies Record<VerdictStatus, object>,
  })
  const confidence = builder.enumType('VerdictConfidence', {
    description: 'How sure a verdict is.',
    values: {
      SINGLE: { description: 'Only one network was asked: its own line may be at fault.' },
      QUORUM: { description: 'More than half of several networks had to agree.' },
    } satisfies Record<VerdictConfidence, object>,
  })
  const failureCount = builder.objectRef<FailureCount>('FailureCount').implement({
    description: 'Number of Bad answers with one reason.',
    fields: (t) => ({
      failure: t.expose('failure', { type: failureClass, description: 'The reason.' }),
      count: t.exposeInt('count', { description: 'Number of answers.' }),
    }),
  })
  return { status, confidence, failureCount }
}

/** Of equal counts the class that is first in the exchange comes first. */
function countFailures(failures: readonly number[]): FailureCount[] {
  return FAILURE_CLASSES.map((failure, index) => ({ failure, count: failures[index] ?? 0 }))
    .filter(({ count }) => count > 0)
    .sort((a, b) => b.count - a.count)
}

function createRuleReader() {
  return perOperation(async ({ store }, instants: readonly number[]) => {
    const roundsAt = [...new Set(instants)].map((instant) => new Date(instant))
    const rounds = await store.prisma.round.findMany({
      where: { roundAt: { in: roundsAt } },
      select: { roundAt: true, rule: true },
    })
    const ruleOf = new Map(rounds.map(({ roundAt, rule }) => [roundAt.getTime(), rule]))
    return instants.map((instant) => ruleOf.get(instant) ?? new Error('the round of a verdict is not there'))
  })
}
