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

/** Adds the type Verdict. */
export function addVerdictType(builder: Builder, refs: Refs): VerdictRefs {
  const { status, confidence, failureCount } = addVerdictParts(builder, refs)
  const rulesOf = createRuleReader()
  const verdict = builder.objectRef<Verdict>('Verdict').implement({
    description:
      "What a round's answers about a website come to. `networks` and votes count networks; `asked`, `answered`, `agreed` and `disagreed` count validators.",
    fields: (t) => ({
      roundAt: t.expose('roundAt', { type: 'DateTime', description: 'The round, by its due time.' }),
      standsFrom: t.field({
        type: 'DateTime',
        description: 'When the time begins that it stands for: where an earlier verdict ends, or at the round.',
        resolve: ({ roundAt, startsAfterMs }) => new Date(roundAt.getTime() + startsAfterMs),
      }),
      standsUntil: t.field({
        type: 'DateTime',
        description: 'When that time ends: at the next turn of the website, at most a day later. Not included.',
        resolve: ({ roundAt, startsAfterMs, lastsMs }) => new Date(roundAt.getTime() + startsAfterMs + lastsMs),
      }),
      status: t.expose('status', { type: status, description: 'What was decided.' }),
      confidence: t.field({ type: confidence, description: 'How sure that is.', resolve: confidenceOf }),
      inMaintenance: t.exposeBoolean('inMaintenance', {
        description: 'Whether the round lay in a maintenance window of the website: then it is counted apart.',
      }),
      rule: t.field({
        type: 'String',
        description: 'Name and version of the rule that decided: docs/verdicts.md has its words.',
        resolve: ({ roundAt }, _args, context) => rulesOf(context, roundAt.getTime()),
      }),
      checkRevision: t.exposeInt('checkRevision', { description: 'The check settings that were asked for.' }),
      asked: t.exposeInt('asked', { description: 'Validators that were asked.' }),
      answered: t.exposeInt('answered', { description: 'Those that answered in time.' }),
      agreed: t.exposeInt('agreed', { description: 'Those that said the same; 0 when it is Inconclusive.' }),
      disagreed: t.exposeInt('disagreed', { description: 'Those that said the contrary; 0 when it is Inconclusive.' }),
      networks: t.exposeInt('networks', { description: 'Networks of the validators that were asked.' }),
      quorumBase: t.exposeInt('quorumBase', {
        description: 'N: these networks, or the most of the last 15 minutes where that is more.',
      }),
      votesNeeded: t.exposeInt('votesNeeded', {
        description: "Votes that Good or Bad needed: more than half of N, or the website's minimum where that is more.",
      }),
      goodVotes: t.exposeInt('goodVotes', { description: 'Networks that voted Good.' }),
      badVotes: t.exposeInt('badVotes', { description: 'Networks that voted Bad.' }),
      votesSetAside: t.exposeInt('votesSetAside', {
        description: 'Votes that did not count, because their networks seemed to be offline themselves.',
      }),
      failures: t.field({
        type: [failureCount],
        description: 'Why answers were Bad, the most frequent first; empty when none was.',
        extensions: atMost(FAILURE_CLASSES.length),
        resolve: ({ failures }) => countFailures(failures),
      }),
      medianLatencyUs: t.exposeInt('medianLatencyUs', {
        nullable: true,
        description: 'Median latency of the Good answers in microseconds, the lower of two in the middle.',
      }),
      p95LatencyUs: t.exposeInt('p95LatencyUs', {
        nullable: true,
        description:
          'The 95th percentile of those latencies, by rank ⌊(count − 1) × 95 ÷ 100⌋ from 0. Null where the verdict is older than this field.',
      }),
      root: t.field({
        type: 'Hash',
        nullable: true,
        description:
          "RFC 6962 root over the leaves of its ticks (PROTOCOL §2.3), in the order of the validators' public keys as bytes; where `rule` is networks-v1, in the order in which the validators first signed up. Null without ticks.",
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
    description: 'What the answers of a round come to.',
    values: {
      Good: { description: 'Enough networks found it as its check demands.' },
      Bad: { description: 'Enough networks did not.' },
      Inconclusive: { description: 'Too few agreed, or answered at all. Never counts as down.' },
    } satisfies Record<VerdictStatus, object>,
  })
  const confidence = builder.enumType('VerdictConfidence', {
    description: 'How sure a verdict is.',
    values: {
      SINGLE: { description: 'One network is all there is: its own line may have been at fault.' },
      QUORUM: { description: 'More than half of the networks must agree.' },
    } satisfies Record<VerdictConfidence, object>,
  })
  const failureCount = builder.objectRef<FailureCount>('FailureCount').implement({
    description: 'How many answers were Bad for one reason.',
    fields: (t) => ({
      failure: t.expose('failure', { type: failureClass, description: 'The reason.' }),
      count: t.exposeInt('count', { description: 'How many.' }),
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
