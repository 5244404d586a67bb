import type { State } from './state'
import './bars.css'

const WIDTH = 4
const STEP = 6
const HEIGHT = 24

/** Each state has a height or a pattern of its own, so that grey ones can be told apart as well. */
const TOP: Readonly<Record<State, number>> = {
  GOOD: 8,
  BAD: 0,
  INCONCLUSIVE: 14,
  MAINTENANCE: 8,
  NO_DATA: 21,
  DISABLED: 21,
}

/** A row of rounds or days, oldest first, right-aligned in the space of `places`. `label` says it in words. */
export function Bars({ states, places, label }: { states: readonly State[]; places: number; label: string }) {
  const shown = states.slice(-places)
  const first = places - shown.length
  const paths = new Map<State, string>()
  for (const [index, state] of shown.entries()) {
    const x = (first + index) * STEP
    const bar = state === 'MAINTENANCE' ? striped(x) : `M${x} ${TOP[state]}h${WIDTH}V${HEIGHT}h-${WIDTH}z`
    paths.set(state, (paths.get(state) ?? '') + bar)
  }
  return (
    <svg
      class="bars"
      viewBox={`0 0 ${places * STEP} ${HEIGHT}`}
      preserveAspectRatio="none"
      role="img"
      aria-label={label}
    >
      {[...paths].map(([state, path]) => (
        <path key={state} d={path} class={state.toLowerCase().replace('_', '-')} fill="currentColor" />
      ))}
    </svg>
  )
}

function striped(x: number): string {
  return [8, 14, 20].map((y) => `M${x} ${y}h${WIDTH}v4h-${WIDTH}z`).join('')
}
