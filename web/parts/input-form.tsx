import type { ComponentChildren } from 'preact'
import { useRef, useState } from 'preact/hooks'
import { focusFirstFault } from './focus-first-fault'
import { spreadFaults, type FormFaults, type InputFault } from './form-faults'
import type { Outcome } from './outcome'

interface Props {
  title: string
  submit: string
  /** Paths of the input's fields that the form has. */
  fields: readonly string[]
  save(): Promise<Outcome>
  /** Beside the button that sends it. */
  buttons?: ComponentChildren
  children(faults: FormFaults): ComponentChildren
}

/** Sends an input once at a time. A refusal leaves it as it was typed and goes to the first field at fault. */
export function InputForm({ title, submit, fields, save, buttons, children }: Props) {
  const [faults, setFaults] = useState<readonly InputFault[]>([])
  const [isAsking, setIsAsking] = useState(false)
  const form = useRef<HTMLFormElement>(null)
  const spread = spreadFaults(faults, fields)
  const send = async (event: Event) => {
    event.preventDefault()
    if (isAsking) return
    setIsAsking(true)
    const outcome = await save()
    setIsAsking(false)
    setFaults(outcome.kind === 'done' ? [] : outcome.faults)
    if (outcome.kind === 'refused') focusFirstFault(form.current)
  }
  return (
    <form ref={form} class="card" aria-label={title} noValidate onSubmit={(event) => void send(event)}>
      {spread.elsewhere.length > 0 && (
        <p role="alert" tabIndex={-1} class="refusal">
          {spread.elsewhere.join(' ')}
        </p>
      )}
      {children(spread)}
      <div class="buttons">
        <button class="main" type="submit" aria-disabled={isAsking}>
          {submit}
        </button>
        {buttons}
      </div>
    </form>
  )
}
