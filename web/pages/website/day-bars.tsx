import { useMemo, useState } from 'preact/hooks'
import { duration } from '../../parts/duration'
import { latency, percent, share } from '../../parts/numbers'
import { StateMark } from '../../parts/state-mark'
import { TimelineSlider } from '../../parts/timeline-slider'
import type { Texts } from '../../texts/en'
import { dayName } from '../../parts/time'
import { useTexts } from '../../texts/use-texts'
import { columnOf, stateOfDay, type DayFigures } from './day-figures'
import { readersZone } from './page-terms'
import { dayOf } from '../../parts/day-span'
import './day-bars.css'

const STEP = 8
const WIDTH = 6
const HEIGHT = 48
const WEEK = 7

/**
 * The last days as columns. A slider, for it is one value on a line of time: the listbox of the APG would want 90 options
 * in the page, a grid would have one row only.
 */
export function DayBars({ days, hrefOfDay }: { days: readonly DayFigures[]; hrefOfDay: (day: string) => string }) {
  const { t, language } = useTexts()
  const [chosen, setChosen] = useState<string | null>(null)
  const [hovered, setHovered] = useState<number | null>(null)
  const found = days.findIndex(({ from }) => from === chosen)
  const value = found === -1 ? days.length - 1 : found
  const day = days[value]
  const shown = days[hovered ?? value]
  const columns = useMemo(() => days.map(columnOf), [days])
  if (day === undefined || shown === undefined) return null
  const texts = t.website.days
  return (
    <section class="panel" aria-labelledby="days-title">
      <h2 id="days-title">{texts.title}</h2>
      <TimelineSlider
        count={days.length}
        value={value}
        page={WEEK}
        label={texts.slider}
        valueText={spoken(day, t, language)}
        describedBy="days-hint"
        onChange={(index) => setChosen(days[index]?.from ?? null)}
        onHover={setHovered}
      >
        <svg
          class="day-bars"
          viewBox={`0 0 ${days.length * STEP} ${HEIGHT}`}
          preserveAspectRatio="none"
          aria-hidden="true"
        >
          <rect class="chosen" x={(hovered ?? value) * STEP} y="0" width={STEP} height={HEIGHT} />
          {columns.map((parts, index) =>
            parts.map(({ state, top, height }) => (
              <rect
                key={`${index} ${state}`}
                class={state.toLowerCase().replace('_', '-')}
                x={index * STEP + (STEP - WIDTH) / 2}
                y={top}
                width={WIDTH}
                height={height}
              />
            )),
          )}
        </svg>
      </TimelineSlider>
      <div class="ends quiet" aria-hidden="true">
        <span>{dayName(Date.parse(days[0]?.from ?? day.from), language)}</span>
        <span>{texts.today}</span>
      </div>
      <DayDetail day={shown} href={hrefOfDay(dayOf(shown.from))} />
      <p id="days-hint" class="quiet small">
        {texts.hint} {texts.zone(readersZone())}
      </p>
    </section>
  )
}

function spoken(day: DayFigures, t: Texts, language: string): string {
  const texts = t.website.days
  const date = dayName(Date.parse(day.from), language)
  if (day.unknownRatio === null) return texts.notYet(date)
  const state = t.states[stateOfDay(day)]
  return texts.value(date, state, percent(day.ratio, language), share(day.unknownRatio, language))
}

function DayDetail({ day, href }: { day: DayFigures; href: string }) {
  const { t, language } = useTexts()
  const texts = t.website.days
  const times = [
    [texts.bad, day.badMs],
    [texts.inconclusive, day.inconclusiveMs],
    [texts.unmeasured, day.unmeasuredMs],
    [texts.maintenance, day.maintenanceMs],
  ] as const
  return (
    <div class="day-detail">
      <p>
        <strong>{dayName(Date.parse(day.from), language)}</strong> <StateMark state={stateOfDay(day)} />
      </p>
      <dl class="facts">
        <Figure name={texts.uptime} value={percent(day.ratio, language)} />
        <Figure name={texts.unknown} value={share(day.unknownRatio, language)} />
        {times.map(([name, ms]) => ms > 0 && <Figure key={name} name={name} value={duration(ms, language)} />)}
        <Figure name={texts.median} value={latency(day.medianLatencyUs, language)} />
        <Figure name={texts.p95} value={latency(day.p95LatencyUs, language)} />
      </dl>
      {day.totalMs > day.unmeasuredMs && <a href={href}>{texts.rounds}</a>}
    </div>
  )
}

function Figure({ name, value }: { name: string; value: string }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{value}</dd>
    </div>
  )
}
