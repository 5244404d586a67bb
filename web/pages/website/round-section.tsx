import { useEffect, useRef } from 'preact/hooks'
import { FaultNote } from '../../parts/fault-note'
import { Instant } from '../../parts/instant'
import { latency } from '../../parts/numbers'
import { stateOfVerdict } from '../../parts/state'
import { StateMark } from '../../parts/state-mark'
import { dayName, instant } from '../../parts/time'
import { useTexts } from '../../texts/use-texts'
import { AnswersTable } from './answers-table'
import { ProofHelp, SaveProofs } from './proofs'
import type { ReadRound } from './read-round'
import { medianPhases, PHASES, type RoundVerdict } from './round-answers'
import { useRound } from './use-round'
import './round.css'

interface Props {
  websiteId: string
  /** The round to show; null before there is one. */
  roundAt: string | null
  /** Whether it is one that was opened, not the newest as it comes. */
  isOpened: boolean
  hrefOfNewest: string
}

/** One round: its verdict, and what everybody who was asked saw. */
export function RoundSection({ websiteId, roundAt, isOpened, hrefOfNewest }: Props) {
  const { t, language } = useTexts()
  const { round, fault, refresh } = useRound(websiteId, roundAt)
  const heading = useRef<HTMLHeadingElement>(null)
  useEffect(() => {
    if (!isOpened) return
    heading.current?.focus()
    heading.current?.scrollIntoView({ block: 'start' })
  }, [isOpened, isOpened ? roundAt : null])
  const texts = t.website.round
  // The newest stays until a newer one is read; another one that was opened does not.
  const shown = round !== null && (!isOpened || round.roundAt === roundAt) ? round : null
  const title = isOpened && roundAt !== null ? texts.title(instant(Date.parse(roundAt), language)) : texts.newest
  return (
    <section class="panel" id="round" aria-labelledby="round-title">
      <div class="panel-heading">
        <h2 id="round-title" ref={heading} tabIndex={-1}>
          {title}
        </h2>
        {isOpened ? <a href={hrefOfNewest}>{texts.backToNewest}</a> : shown !== null && <Instant at={shown.roundAt} />}
      </div>
      {fault !== null && <FaultNote fault={fault} onRetry={refresh} />}
      {roundAt === null && <p>{texts.none}</p>}
      {roundAt !== null && shown === null && fault === null && <p role="status">{texts.loading}</p>}
      {roundAt !== null && shown !== null && <RoundBody websiteId={websiteId} round={shown} />}
    </section>
  )
}

function RoundBody({ websiteId, round }: { websiteId: string; round: ReadRound }) {
  const { t } = useTexts()
  const texts = t.website.round
  const { verdict, answers, roundAt } = round
  const hasTicks = answers.some(({ tick }) => tick !== null)
  return (
    <>
      {verdict === null ? <p>{texts.notKept}</p> : <RoundVerdictLine verdict={verdict} />}
      {!round.knowsRoster && <p class="quiet">{texts.networksNotKnown}</p>}
      {answers.length > 0 && <AnswersTable answers={answers} websiteId={websiteId} roundAt={roundAt} />}
      {hasTicks ? (
        <>
          <MedianPhases round={round} />
          <CertificateEnd round={round} />
          <SaveProofs websiteId={websiteId} roundAt={roundAt} />
          <ProofHelp />
        </>
      ) : (
        verdict !== null && verdict.answered > 0 && <p>{texts.noTicks}</p>
      )}
    </>
  )
}

function RoundVerdictLine({ verdict }: { verdict: RoundVerdict }) {
  const { t } = useTexts()
  const texts = t.website.round
  const votes = {
    good: verdict.goodVotes,
    bad: verdict.badVotes,
    needed: verdict.votesNeeded,
    setAside: verdict.votesSetAside,
    networks: verdict.networkCount,
  }
  const whys = verdict.abstentions.map(({ reason, count }) => `${texts.abstentions[reason]} (${count})`).join(', ')
  return (
    <>
      <p class="verdict-line">
        <StateMark state={stateOfVerdict(verdict)} />
        <span>{texts.votes(votes, verdict.quorumBase)}</span>
        <span>{texts.answers(verdict.answered, verdict.asked)}</span>
        {verdict.couldNotCheck > 0 && <span>{texts.couldNotCheck(verdict.couldNotCheck, whys)}</span>}
        {verdict.inconclusiveReason !== null && (
          <span class="sentence">{t.website.reasons[verdict.inconclusiveReason](votes)}</span>
        )}
      </p>
      <details class="small">
        <summary>
          {texts.rule} {verdict.rule}
        </summary>
        <dl class="facts">
          <div>
            <dt>{texts.covers}</dt>
            <dd>
              <Instant at={verdict.from} /> – <Instant at={verdict.to} />
            </dd>
          </div>
          <div>
            <dt>{texts.revision}</dt>
            <dd>{verdict.checkRevision}</dd>
          </div>
          <div class="wide">
            <dt>{texts.root}</dt>
            <dd class="code">{verdict.root ?? '–'}</dd>
          </div>
        </dl>
      </details>
    </>
  )
}

function MedianPhases({ round }: { round: ReadRound }) {
  const { t, language } = useTexts()
  const medians = medianPhases(round.answers)
  if (PHASES.every((phase) => medians[phase] === null)) return null
  const texts = t.website.round
  const names = { dnsUs: texts.dns, connectUs: texts.connect, tlsUs: texts.tls, firstByteUs: texts.firstByte }
  return (
    <p class="phase-legend">
      {texts.medianPhases}{' '}
      {PHASES.map((phase) => (
        <span key={phase} class={`phase ${phase}`}>
          <svg viewBox="0 0 10 10" width="10" height="10" aria-hidden="true">
            <rect width="10" height="10" />
          </svg>
          {names[phase]} {latency(medians[phase], language)}
        </span>
      ))}
    </p>
  )
}

/** The soonest that anybody saw: validators may be served different ones. */
function CertificateEnd({ round }: { round: ReadRound }) {
  const { t, language } = useTexts()
  const [soonest] = round.answers.flatMap(({ tick }) => tick?.certificateExpiresAt ?? []).toSorted()
  return soonest === undefined ? null : <p>{t.website.round.certificate(dayName(Date.parse(soonest), language))}</p>
}
