import { useMemo, useState } from 'preact/hooks'
import { go } from '../../app/router'
import { latency } from '../../parts/numbers'
import { TableFrame } from '../../parts/table-frame'
import { TimelineSlider } from '../../parts/timeline-slider'
import { dayName, instant } from '../../parts/time'
import { useTexts } from '../../texts/use-texts'
import { LatencyChart } from './latency-chart'
import { latencySeries, measuredAt } from './latency-series'
import type { LatencyPoint, PageData } from './page-data'
import { addressOf, RANGES, type Range, type Terms } from './page-terms'
import './latency.css'

/** An hour of minutes, a day of hours, a week of days. */
const PAGES = { MINUTE: 60, HOUR: 24, DAY: 7 } as const
/** A day in minutes is more than anybody reads: the table takes what lies on a quarter. */
const QUARTER = 15

export function LatencySection({ page, terms }: { page: PageData; terms: Terms }) {
  const { t, language } = useTexts()
  const texts = t.website.latency
  const points = page.latencies
  const series = useMemo(() => latencySeries(points), [points])
  const { resolution } = RANGES[terms.range]
  const [chosen, setChosen] = useState<string | null>(null)
  const [hovered, setHovered] = useState<number | null>(null)
  const found = points.findIndex(({ from }) => from === chosen)
  const value = found === -1 ? points.length - 1 : found
  const timeAt = (index: number) => {
    const from = points[index]?.from ?? ''
    return resolution === 'DAY' ? dayName(Date.parse(from), language) : instant(Date.parse(from), language)
  }
  const textAt = (index: number) => {
    const measured = measuredAt(series, index)
    if (measured === null) return texts.valueNothing(timeAt(index))
    return texts.value(timeAt(index), latency(measured.p50Us, language), latency(measured.p95Us, language))
  }
  return (
    <section class="panel" aria-labelledby="latency-title">
      <div class="panel-heading">
        <h2 id="latency-title">{texts.title}</h2>
        <RangeChoice id={page.id} terms={terms} />
      </div>
      {series.runs.length === 0 ? (
        <p>{texts.none}</p>
      ) : (
        <>
          <p class="latency-value" aria-hidden="true">
            {textAt(hovered ?? value)}
          </p>
          <TimelineSlider
            count={points.length}
            value={value}
            page={PAGES[resolution]}
            label={texts.slider}
            valueText={textAt(value)}
            onChange={(index) => setChosen(points[index]?.from ?? null)}
            onHover={setHovered}
          >
            <LatencyChart series={series} count={points.length} shown={hovered ?? value} />
          </TimelineSlider>
          <div class="ends quiet" aria-hidden="true">
            <span>{timeAt(0)}</span>
            <span>{timeAt(points.length - 1)}</span>
          </div>
          <Legend />
          <LatencyTable points={points} every={resolution === 'MINUTE' ? QUARTER : 1} timeAt={timeAt} />
        </>
      )}
    </section>
  )
}

function RangeChoice({ id, terms }: { id: string; terms: Terms }) {
  const { t } = useTexts()
  const texts = t.website.latency
  return (
    <label class="inline">
      {texts.range}
      <select
        value={terms.range}
        onChange={({ currentTarget: { value } }) => go(addressOf(id, { ...terms, range: value as Range }), 'REPLACE')}
      >
        {(Object.keys(RANGES) as Range[]).map((range) => (
          <option key={range} value={range}>
            {texts.ranges[range]}
          </option>
        ))}
      </select>
    </label>
  )
}

function Legend() {
  const { t } = useTexts()
  const texts = t.website.latency
  return (
    <p class="latency-legend small">
      {(['p50', 'p95', 'gap'] as const).map((line) => (
        <span key={line}>
          <svg viewBox="0 0 24 10" width="24" height="10" aria-hidden="true" class={line}>
            {line === 'gap' ? <rect width="24" height="10" /> : <path d="M0 5H24" />}
          </svg>
          {texts[line]}
        </span>
      ))}
      <span class="quiet">{texts.what}</span>
    </p>
  )
}

interface TableProps {
  points: readonly LatencyPoint[]
  every: number
  timeAt(index: number): string
}

/** Made when it is opened: it may be long. */
function LatencyTable({ points, every, timeAt }: TableProps) {
  const { t, language } = useTexts()
  const texts = t.website.latency
  const [isOpen, setIsOpen] = useState(false)
  return (
    <details onToggle={({ currentTarget }) => setIsOpen(currentTarget.open)}>
      <summary>{texts.table}</summary>
      {isOpen && (
        <TableFrame label={texts.table}>
          <table>
            <caption class="out-of-sight">{texts.table}</caption>
            <thead>
              <tr>
                <th scope="col">{texts.time}</th>
                <th scope="col" class="number">
                  {texts.p50}
                </th>
                <th scope="col" class="number">
                  {texts.p95}
                </th>
              </tr>
            </thead>
            <tbody>
              {points.map(
                ({ from, medianLatencyUs, p95LatencyUs }, index) =>
                  index % every === 0 && (
                    <tr key={from}>
                      <th scope="row">{timeAt(index)}</th>
                      <td class="number">{latency(medianLatencyUs, language)}</td>
                      <td class="number">{latency(p95LatencyUs, language)}</td>
                    </tr>
                  ),
              )}
            </tbody>
          </table>
        </TableFrame>
      )}
    </details>
  )
}
