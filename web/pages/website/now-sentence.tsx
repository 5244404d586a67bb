import type { ComponentChildren } from 'preact'
import { StateMark } from '../../parts/state-mark'
import { instant } from '../../parts/time'
import type { Texts } from '../../texts/en'
import { useTexts } from '../../texts/use-texts'
import { causeText } from './cause'
import { stateNow, type Now } from './now'

interface Props {
  now: Now
  inMaintenance: boolean
  isSingle: boolean
  children?: ComponentChildren
}

/** What is true now, in one sentence, with what it follows from behind it. */
export function NowSentence({ now, inMaintenance, isSingle, children }: Props) {
  const { t, language } = useTexts()
  const [sentence, ...rest] = sentencesOf(now, t, (at) => instant(Date.parse(at), language))
  const hints = [
    ...rest,
    ...(inMaintenance ? [t.website.now.maintenance] : []),
    ...(isSingle ? [t.website.now.single] : []),
  ]
  return (
    <div class="now-sentence">
      {/* Spoken when it changes; the sentence changes with every round. */}
      <span role="status">
        <StateMark state={stateNow(now, inMaintenance)} />
      </span>
      <p>
        <strong>{sentence}</strong> {hints.join(' ')}
      </p>
      {children}
    </div>
  )
}

function sentencesOf(now: Now, t: Texts, time: (at: string) => string): string[] {
  const texts = t.website.now
  switch (now.kind) {
    case 'DISABLED':
      return [texts.disabled]
    case 'DENIED':
      return [texts.denied(now.reason)]
    case 'WITHHELD':
      return [texts.withheld(now.host)]
    case 'WAITING':
      return [now.everyRounds > 1 ? texts.waitingLong(now.everyRounds) : texts.waiting]
    case 'STALE':
      return [texts.stale(time(now.since))]
    case 'GOOD': {
      const good = texts.good(time(now.seen.at), now.seen.good, now.seen.networks)
      if (now.incidentSince !== null) return [texts.goodAgain(time(now.seen.at), time(now.incidentSince)), good]
      const ended = now.lastIncidentEndedAt
      return [good, ended === null ? texts.noIncident : texts.noIncidentSince(time(ended))]
    }
    case 'BAD': {
      const { seen, incidentSince, cause } = now
      const bad =
        incidentSince === null
          ? texts.badAt(time(seen.at), seen.bad, seen.networks)
          : texts.badSince(time(incidentSince), seen.bad, seen.networks)
      const why = cause === null ? '.' : `: ${causeText(cause, t)}.`
      return [bad + why, ...(incidentSince === null ? [texts.opensAfter(now.badToOpen)] : [])]
    }
    case 'INCONCLUSIVE': {
      const { seen, reason, incidentSince } = now
      const why = reason === null ? '' : t.website.reasons[reason](seen)
      const goesOn = incidentSince === null ? [] : [texts.incidentGoesOn(time(incidentSince))]
      return [texts.inconclusive(time(seen.at)) + why, ...goesOn]
    }
  }
}
