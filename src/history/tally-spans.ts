import type { ClosingVerdict } from '../verdict/round-closing.js'
import { floorTo } from './spans.js'
import { addRound, addTime, emptyTally, type Tally } from './tally.js'

export interface SpanTally {
  websiteNo: number
  /** Where the span begins, in Unix milliseconds. */
  startAt: number
  tally: Tally
}

/** Splits what a round's verdicts stand for at the edges of spans. Time counts where it passes, the round where it began. */
export function tallySpans(roundAt: number, verdicts: readonly ClosingVerdict[], spanMs: number): SpanTally[] {
  return verdicts.flatMap((verdict) => tallyVerdict(verdict, roundAt, spanMs))
}

function tallyVerdict(verdict: ClosingVerdict, roundAt: number, spanMs: number): SpanTally[] {
  const first = spanOf(verdict, floorTo(roundAt, spanMs))
  addRound(first.tally, verdict)
  const spans = [first]
  const until = roundAt + verdict.startsAfterMs + verdict.lastsMs
  for (let from = roundAt + verdict.startsAfterMs; from < until;) {
    const startAt = floorTo(from, spanMs)
    const end = Math.min(startAt + spanMs, until)
    const span = startAt === first.startAt ? first : spanOf(verdict, startAt)
    addTime(span.tally, verdict, end - from)
    if (span !== first) spans.push(span)
    from = end
  }
  return spans
}

function spanOf({ website }: ClosingVerdict, startAt: number): SpanTally {
  return { websiteNo: website.no, startAt, tally: emptyTally() }
}
