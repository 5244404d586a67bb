import { Bars } from '../../parts/bars'
import { Instant } from '../../parts/instant'
import { latency, percent } from '../../parts/numbers'
import type { Schedule } from '../../parts/round-phase'
import { stateOfVerdict } from '../../parts/state'
import { StateMark } from '../../parts/state-mark'
import { useTexts } from '../../texts/use-texts'
import { FirstVerdict } from './first-verdict'
import { rowState } from './row-state'
import type { Row } from './website-list'

const ROUNDS = 45

interface Props {
  row: Row
  schedule: Schedule | null
  isChosen: boolean
  onChoose(isChosen: boolean): void
}

export function WebsiteRow({ row, schedule, isChosen, onChoose }: Props) {
  const { t, language } = useTexts()
  const states = row.recentVerdicts.map(stateOfVerdict)
  const { verdict } = row
  return (
    <li class="row">
      <input
        type="checkbox"
        checked={isChosen}
        aria-label={t.websites.choose(row.name)}
        onChange={({ currentTarget }) => onChoose(currentTarget.checked)}
      />
      <div class="what">
        <a href={`/websites/${row.id}`} class="row-link">
          {row.name}
        </a>
        <p class="quiet url">{row.url}</p>
        {row.tags.length > 0 && (
          <ul class="tags" aria-label={t.websites.tags}>
            {row.tags.map((tag) => (
              <li key={tag}>
                <a href={`/websites?tag=${encodeURIComponent(tag)}`}>{tag}</a>
              </li>
            ))}
          </ul>
        )}
      </div>
      <div class="now">
        <StateMark state={rowState(row)} />
        {row.enabled && verdict === null && <FirstVerdict row={row} schedule={schedule} />}
        {row.openIncident !== null && (
          <p class="quiet">
            {t.websites.since} <Instant at={row.openIncident.startedAt} />
          </p>
        )}
      </div>
      <Bars states={states} places={ROUNDS} label={t.websites.bars(states.map((state) => t.states[state]))} />
      <dl class="figures">
        {(['day', 'month', 'quarter'] as const).map((window) => (
          <div key={window}>
            <dt>{t.websites.windows[window]}</dt>
            <dd>{percent(row[window].ratio, language)}</dd>
          </div>
        ))}
        <div>
          <dt>{t.websites.median}</dt>
          <dd>{latency(verdict?.medianLatencyUs ?? null, language)}</dd>
        </div>
      </dl>
    </li>
  )
}
