import { Field } from '../../parts/field'
import type { FormFaults } from '../../parts/form-faults'
import { useTexts } from '../../texts/use-texts'
import { weekdayName } from './weekday-name'
import type { WindowValues } from './window-input'

export interface TimesProps {
  id: string
  values: WindowValues
  faults: FormFaults
  onChange(change: Partial<WindowValues>): void
}

const WEEKDAYS = [1, 2, 3, 4, 5, 6, 7] as const

export function WindowTimesFields({ id, values, faults, onChange }: TimesProps) {
  const { t } = useTexts()
  const texts = t.website.maintenance
  if (values.kind === 'ONE_OFF') {
    return (
      <div class="fields">
        {(['startsAt', 'endsAt'] as const).map((name) => (
          <Field key={name} id={`${id}-${name}`} label={texts[name]} faults={faults.at(`times.oneOff.${name}`)}>
            {(control) => (
              <input
                {...control}
                type="datetime-local"
                value={values[name]}
                onInput={({ currentTarget }) => onChange({ [name]: currentTarget.value })}
              />
            )}
          </Field>
        ))}
      </div>
    )
  }
  return (
    <div class="fields">
      <WeekdaysField id={id} values={values} faults={faults} onChange={onChange} />
      {(['startTime', 'endTime'] as const).map((name) => (
        <Field
          key={name}
          id={`${id}-${name}`}
          label={texts[name]}
          hint={name === 'endTime' ? texts.endTimeHint : undefined}
          faults={faults.at(`times.weekly.${name}`)}
        >
          {(control) => (
            <input
              {...control}
              type="time"
              value={values[name]}
              onInput={({ currentTarget }) => onChange({ [name]: currentTarget.value })}
            />
          )}
        </Field>
      ))}
    </div>
  )
}

function WeekdaysField({ id, values: { weekdays }, faults, onChange }: TimesProps) {
  const { t, language } = useTexts()
  const wrong = faults.at('times.weekly.weekdays')
  return (
    <fieldset class="field plain" aria-describedby={`${id}-weekdays-faults`}>
      <legend>{t.website.maintenance.weekdays}</legend>
      <div class="choices">
        {WEEKDAYS.map((day) => (
          <label key={day} class="inline">
            <input
              type="checkbox"
              aria-invalid={wrong.length > 0}
              checked={weekdays.includes(day)}
              onChange={({ currentTarget: { checked } }) =>
                onChange({ weekdays: checked ? [...weekdays, day] : weekdays.filter((one) => one !== day) })
              }
            />
            {weekdayName(day, language)}
          </label>
        ))}
      </div>
      <p id={`${id}-weekdays-faults`} class="refusal small">
        {wrong.join(' ')}
      </p>
    </fieldset>
  )
}
