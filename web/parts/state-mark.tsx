import type { ComponentChildren } from 'preact'
import { useTexts } from '../texts/use-texts'
import type { State } from './state'
import './state-mark.css'

/** A shape, a word and a colour: any one of them tells it. */
export function StateMark({ state }: { state: State }) {
  const { t } = useTexts()
  return <Mark like={state}>{t.states[state]}</Mark>
}

/** Another word with the shape and the colour of a state. */
export function Mark({ like, children }: { like: State; children: ComponentChildren }) {
  return (
    <span class={`state ${like.toLowerCase().replace('_', '-')}`}>
      <svg viewBox="0 0 16 16" width="16" height="16" aria-hidden="true">
        {SHAPES[like]}
      </svg>
      {children}
    </span>
  )
}

const SHAPES: Readonly<Record<State, preact.JSX.Element>> = {
  GOOD: <circle cx="8" cy="8" r="7" class="filled" />,
  BAD: <path d="M2 2 14 14 M14 2 2 14" class="thick" />,
  INCONCLUSIVE: <path d="M8 1 15 8 8 15 1 8Z" class="outlined" />,
  MAINTENANCE: <path d="M8 1.5 15 14.5 1 14.5Z" class="filled" />,
  NO_DATA: <circle cx="8" cy="8" r="6" class="dotted" />,
  DISABLED: <path d="M2 8H14" class="thick" />,
}
