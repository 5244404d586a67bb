import { go } from '../../app/router'
import type { VerdictStatus } from '../../client/graphql'
import { Instant } from '../../parts/instant'
import { latency } from '../../parts/numbers'
import { Paging } from '../../parts/paging'
import { stateOfVerdict } from '../../parts/state'
import { StateMark } from '../../parts/state-mark'
import { TableFrame } from '../../parts/table-frame'
import { dayName } from '../../parts/time'
import { useTexts } from '../../texts/use-texts'
import type { PageData, Verdict } from './page-data'
import { spanOfDay } from '../../parts/day-span'
import { addressOf, STATUSES, type Terms } from './page-terms'

/** Round by round, newest first, with how the networks voted. */
export function VerdictList({ page, terms }: { page: PageData; terms: Terms }) {
  const { t, language } = useTexts()
  const { edges, pageInfo } = page.verdicts
  const texts = t.website.rounds
  const hrefWith = (change: Partial<Terms>) => addressOf(page.id, { ...terms, ...change })
  const day = terms.day === null ? null : spanOfDay(terms.day)
  return (
    <section class="panel" id="verdicts" aria-labelledby="verdicts-title">
      <div class="panel-heading">
        <h2 id="verdicts-title">{texts.title}</h2>
        {day !== null && (
          <p>
            {texts.ofDay(dayName(Date.parse(day.from), language))} ·{' '}
            <a href={hrefWith({ day: null, page: null })}>{texts.everyDay}</a>
          </p>
        )}
        <label class="inline">
          {texts.status}
          <select
            value={terms.status ?? ''}
            onChange={({ currentTarget: { value } }) =>
              go(hrefWith({ status: (value || null) as VerdictStatus | null, page: null }), 'REPLACE')
            }
          >
            <option value="">{texts.all}</option>
            {STATUSES.map((status) => (
              <option key={status} value={status}>
                {t.states[stateOfVerdict({ status, inMaintenance: false })]}
              </option>
            ))}
          </select>
        </label>
      </div>
      {edges.length === 0 ? (
        <p>{texts.none}</p>
      ) : (
        <VerdictTable
          verdicts={edges.map(({ node }) => node)}
          openRound={terms.round}
          hrefOf={(round) => hrefWith({ round })}
        />
      )}
      <Paging
        label={texts.pages}
        pageInfo={pageInfo}
        at={terms.page}
        hrefOf={(page) => `${hrefWith({ page })}#verdicts`}
      />
    </section>
  )
}

interface TableProps {
  verdicts: readonly Verdict[]
  openRound: string | null
  hrefOf(round: string): string
}

function VerdictTable({ verdicts, openRound, hrefOf }: TableProps) {
  const { t } = useTexts()
  const texts = t.website.rounds
  return (
    <TableFrame label={texts.title}>
      <table>
        <caption class="out-of-sight">{texts.title}</caption>
        <thead>
          <tr>
            {[texts.time, texts.status, texts.votes, texts.answered].map((name) => (
              <th key={name} scope="col">
                {name}
              </th>
            ))}
            <th scope="col" class="number">
              {texts.latency}
            </th>
            <th scope="col">{texts.why}</th>
          </tr>
        </thead>
        <tbody>
          {verdicts.map((verdict) => (
            <VerdictRow
              key={verdict.roundAt}
              verdict={verdict}
              href={hrefOf(verdict.roundAt)}
              isOpen={verdict.roundAt === openRound}
            />
          ))}
        </tbody>
      </table>
    </TableFrame>
  )
}

function VerdictRow({ verdict, href, isOpen }: { verdict: Verdict; href: string; isOpen: boolean }) {
  const { t, language } = useTexts()
  const texts = t.website.rounds
  const { roundAt, goodVotes, badVotes, votesSetAside, votesNeeded, quorumBase } = verdict
  return (
    <tr class={isOpen ? 'open' : ''}>
      <th scope="row">
        <a href={href} aria-current={isOpen ? 'true' : undefined}>
          <span class="out-of-sight">{texts.open}</span> <Instant at={roundAt} precision="SECOND" />
        </a>
      </th>
      <td>
        <StateMark state={stateOfVerdict(verdict)} />
      </td>
      <td>
        {texts.votesOf(goodVotes, badVotes)}
        {votesSetAside > 0 && `, ${texts.setAside(votesSetAside)}`}{' '}
        <span class="quiet">({texts.neededOf(votesNeeded, quorumBase)})</span>
      </td>
      <td>{texts.answeredOf(verdict.answered, verdict.asked)}</td>
      <td class="number">{latency(verdict.medianLatencyUs, language)}</td>
      <td class="text">
        {verdict.failures.map(({ failure, count }) => `${t.website.failures[failure]} (${count})`).join(', ')}
      </td>
    </tr>
  )
}
