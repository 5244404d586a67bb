import { latency } from '../../parts/numbers'
import { useTexts } from '../../texts/use-texts'
import { measuredAt, type LatencySeries, type Measured } from './latency-series'

const HEIGHT = 100

interface Props {
  series: LatencySeries
  /** How many points the range has. */
  count: number
  /** The point that is marked. */
  shown: number
}

/** Drawn as SVG, so that it takes its colours from the page, prints, and is as sharp as its reader wants. */
export function LatencyChart({ series, count, shown }: Props) {
  const { language } = useTexts()
  const { runs, gaps, topUs } = series
  const y = (us: number) => HEIGHT - (us / topUs) * HEIGHT
  const x = (index: number) => index + 0.5
  const line = (run: readonly Measured[], of: 'p50Us' | 'p95Us') => {
    const [first] = run
    // One alone is drawn as long as it lasts.
    if (run.length === 1 && first !== undefined) return `M${first.index} ${y(first[of])}h1`
    return run.map((one, at) => `${at === 0 ? 'M' : 'L'}${x(one.index)} ${y(one[of])}`).join('')
  }
  const band = (run: readonly Measured[]) =>
    `${line(run, 'p95Us')}${run
      .toReversed()
      .map((one) => `L${x(one.index)} ${y(one.p50Us)}`)
      .join('')}Z`
  const marked = measuredAt(series, shown)
  return (
    <div class="latency-plot" aria-hidden="true">
      <svg viewBox={`0 0 ${count} ${HEIGHT}`} preserveAspectRatio="none">
        {gaps.map(({ first, last }) => (
          <rect key={first} class="gap" x={first} y="0" width={last - first + 1} height={HEIGHT} />
        ))}
        {[0, 0.5, 1].map((share) => (
          <path key={share} class="grid" d={`M0 ${share * HEIGHT}H${count}`} />
        ))}
        {runs.map((run) => (
          <path key={run[0]?.index} class="band" d={band(run)} />
        ))}
        <path class="p95" d={runs.map((run) => line(run, 'p95Us')).join('')} />
        <path class="p50" d={runs.map((run) => line(run, 'p50Us')).join('')} />
        <path class="marked" d={`M${x(shown)} 0V${HEIGHT}`} />
        {marked !== null && <path class="dot" d={`M${x(shown)} ${y(marked.p50Us)}h0`} />}
      </svg>
      {[1, 0.5].map((share) => (
        <span key={share} class={share === 1 ? 'top-label' : 'middle-label'}>
          {latency(topUs * share, language)}
        </span>
      ))}
    </div>
  )
}
