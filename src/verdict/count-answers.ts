import type { VerdictStatus } from '../generated/prisma/client.js'
import { FAILURE_CLASSES } from '../protocol/tick.js'
import { answerCount, failureIndexAt, latencyAt, type PackedAnswers, statusAt } from './packed-answers.js'

/** What the answers about a website come to beside its verdict. Counts validators, whatever their networks. */
export interface AnswerCounts {
  answered: number
  /** Said what the verdict says, and the contrary of it; both 0 when it is Inconclusive. */
  agreed: number
  disagreed: number
  /** Bad answers by class, in the order of `FAILURE_CLASSES`; empty when there are none. */
  failures: number[]
  goodLatenciesUs: number[]
  /** Percentiles of those; null without any. */
  medianLatencyUs: number | null
  p95LatencyUs: number | null
}

/** Counts the answers about a website, those of networks that were set aside too: who contradicts, contradicts. */
export function countAnswers(packed: PackedAnswers, status: VerdictStatus): AnswerCounts {
  const answered = answerCount(packed)
  const failures = FAILURE_CLASSES.map(() => 0)
  const goodLatenciesUs: number[] = []
  let good = 0
  for (let index = 0; index < answered; index++) {
    if (statusAt(packed, index) === 'Good') {
      good += 1
      const latencyUs = latencyAt(packed, index)
      if (latencyUs !== null) goodLatenciesUs.push(latencyUs)
      continue
    }
    const failure = failureIndexAt(packed, index)
    if (failure >= 0) failures[failure] = (failures[failure] ?? 0) + 1
  }
  const bad = answered - good
  return {
    answered,
    agreed: status === 'Good' ? good : status === 'Bad' ? bad : 0,
    disagreed: status === 'Good' ? bad : status === 'Bad' ? good : 0,
    failures: bad === 0 ? [] : failures,
    goodLatenciesUs,
    ...percentilesOf(goodLatenciesUs),
  }
}

/** By the rank that latency sketches use, too. Always a value that was measured, never one between two. */
function percentilesOf(latenciesUs: readonly number[]): Pick<AnswerCounts, 'medianLatencyUs' | 'p95LatencyUs'> {
  const sorted = Float64Array.from(latenciesUs).sort()
  const at = (percent: number) => sorted[Math.floor(((sorted.length - 1) * percent) / 100)] ?? null
  return { medianLatencyUs: at(50), p95LatencyUs: at(95) }
}
