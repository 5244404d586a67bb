import { useEffect, useId, useRef, useState } from 'preact/hooks'
import { Field } from '../../parts/field'
import { focusFirstFault } from '../../parts/focus-first-fault'
import { spreadFaults, type InputFault } from '../../parts/form-faults'
import type { Outcome } from '../../parts/outcome'
import { useTexts } from '../../texts/use-texts'
import { WINDOW_FIELDS, type WindowValues } from './window-input'
import { WindowTimesFields, type TimesProps } from './window-times-fields'

interface Props {
  initial: WindowValues
  title: string
  save(values: WindowValues): Promise<Outcome>
  onClose(): void
}

/** Creates or changes a maintenance window. What was typed stays when it is refused. */
export function WindowForm({ initial, title, save, onClose }: Props) {
  const { t } = useTexts()
  const texts = t.website.maintenance
  const [values, setValues] = useState(initial)
  const [faults, setFaults] = useState<readonly InputFault[]>([])
  const form = useRef<HTMLFormElement>(null)
  const id = useId()
  useEffect(() => form.current?.querySelector('input')?.focus(), [])
  const spread = spreadFaults(faults, WINDOW_FIELDS)
  const set = (change: Partial<WindowValues>) => setValues((before) => ({ ...before, ...change }))
  const send = async (event: Event) => {
    event.preventDefault()
    const outcome = await save(values)
    if (outcome.kind === 'done') return onClose()
    setFaults(outcome.faults)
    return focusFirstFault(form.current)
  }
  return (
    <form
      ref={form}
      class="card window-form"
      aria-label={title}
      noValidate
      onSubmit={(event) => void send(event)}
      onKeyDown={({ key }) => key === 'Escape' && onClose()}
    >
      {spread.elsewhere.length > 0 && (
        <p role="alert" tabIndex={-1} class="refusal">
          {spread.elsewhere.join(' ')}
        </p>
      )}
      <WindowHead id={id} values={values} faults={spread} onChange={set} />
      <WindowTimesFields id={id} values={values} faults={spread} onChange={set} />
      <div class="buttons">
        <button class="main" type="submit">
          {texts.save}
        </button>
        <button type="button" onClick={onClose}>
          {texts.cancel}
        </button>
      </div>
    </form>
  )
}

/** What it is for, on whose clock, and how often. */
function WindowHead({ id, values, faults, onChange }: TimesProps) {
  const { t } = useTexts()
  const texts = t.website.maintenance
  return (
    <div class="fields">
      <Field id={`${id}-name`} label={texts.name} faults={faults.at('name')}>
        {(control) => (
          <input
            {...control}
            value={values.name}
            onInput={({ currentTarget }) => onChange({ name: currentTarget.value })}
          />
        )}
      </Field>
      <Field id={`${id}-zone`} label={texts.zone} hint={texts.zoneHint} faults={faults.at('timeZone')}>
        {(control) => (
          <input
            {...control}
            list={`${id}-zones`}
            autocomplete="off"
            value={values.timeZone}
            onInput={({ currentTarget }) => onChange({ timeZone: currentTarget.value })}
          />
        )}
      </Field>
      <datalist id={`${id}-zones`}>
        {Intl.supportedValuesOf('timeZone').map((zone) => (
          <option key={zone} value={zone} />
        ))}
      </datalist>
      <Field id={`${id}-kind`} label={texts.kind}>
        {(control) => (
          <select
            {...control}
            value={values.kind}
            onChange={({ currentTarget }) => onChange({ kind: currentTarget.value as WindowValues['kind'] })}
          >
            <option value="ONE_OFF">{texts.once}</option>
            <option value="WEEKLY">{texts.weekly}</option>
          </select>
        )}
      </Field>
    </div>
  )
}
