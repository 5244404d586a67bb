import type { ComponentChildren } from 'preact'
import './field.css'

interface Props {
  /** Unique within the page. */
  id: string
  label: string
  hint?: string | undefined
  /** What is wrong with it; none if empty. */
  faults?: readonly string[] | undefined
  /** Gets the attributes that tie the control to its label, hint and faults. */
  children(control: ControlProps): ComponentChildren
}

interface ControlProps {
  id: string
  'aria-invalid': boolean
  'aria-describedby': string
}

/** A control with its label, what may go in, and what is wrong with what did. */
export function Field({ id, label, hint, faults = [], children }: Props) {
  const describedBy = `${id}-hint ${id}-faults`
  return (
    <div class="field">
      <label for={id}>{label}</label>
      {children({ id, 'aria-invalid': faults.length > 0, 'aria-describedby': describedBy })}
      <p id={`${id}-hint`} class="quiet small">
        {hint}
      </p>
      <p id={`${id}-faults`} class="refusal small">
        {faults.join(' ')}
      </p>
    </div>
  )
}
