import { useRef, useState } from 'preact/hooks'
import { focusFirstFault } from '../../parts/focus-first-fault'
import { spreadFaults, type InputFault } from '../../parts/form-faults'
import type { Outcome } from '../../parts/outcome'
import type { UpdateWebsiteInput } from '../../client/graphql'
import { useTexts } from '../../texts/use-texts'
import { SettingField, type FieldName } from './setting-field'
import { SETTINGS_FIELDS, settingsChange, type SettingsValues } from './settings-input'

interface Props {
  initial: SettingsValues
  save(input: Omit<UpdateWebsiteInput, 'id'>): Promise<Outcome>
  onClose(message: string): void
}

const GROUPS: readonly { title: 'watching' | 'deciding' | 'request' | 'answer'; fields: readonly FieldName[] }[] = [
  { title: 'watching', fields: ['name', 'tags', 'everyRounds'] },
  { title: 'deciding', fields: ['minimumVotes', 'badToOpen', 'goodToClose'] },
  { title: 'request', fields: ['method', 'timeoutMs', 'redirects', 'ipVersion', 'headers', 'body'] },
  { title: 'answer', fields: ['statuses', 'keyword', 'keywordMust', 'maxLatencyMs', 'certificateDays'] },
]

/** Every setting with its default. What was typed stays when it is refused, each fault at its field. */
export function SettingsForm({ initial, save, onClose }: Props) {
  const { t } = useTexts()
  const texts = t.website.settings
  const [values, setValues] = useState(initial)
  const [faults, setFaults] = useState<readonly InputFault[]>([])
  const form = useRef<HTMLFormElement>(null)
  const spread = spreadFaults(faults, SETTINGS_FIELDS)
  const send = async (event: Event) => {
    event.preventDefault()
    const change = settingsChange(initial, values, texts)
    if (change.kind === 'NOTHING') return onClose(texts.nothingChanged)
    const outcome: Outcome =
      change.kind === 'FAULTS' ? { kind: 'refused', faults: change.faults } : await save(change.input)
    if (outcome.kind === 'done') return onClose(texts.saved)
    setFaults(outcome.faults)
    return focusFirstFault(form.current)
  }
  return (
    <form
      ref={form}
      class="settings-form"
      aria-label={texts.title}
      noValidate
      onSubmit={(event) => void send(event)}
      onKeyDown={({ key }) => key === 'Escape' && onClose('')}
    >
      {spread.elsewhere.length > 0 && (
        <p role="alert" tabIndex={-1} class="refusal">
          {spread.elsewhere.join(' ')}
        </p>
      )}
      {GROUPS.map(({ title, fields }) => (
        <fieldset key={title} class="fields">
          <legend>{texts[title]}</legend>
          {fields.map((name) => (
            <SettingField
              key={name}
              name={name}
              values={values}
              faults={spread}
              onChange={(change) => setValues((before) => ({ ...before, ...change }))}
            />
          ))}
        </fieldset>
      ))}
      <p class="quiet small">{texts.secret}</p>
      <p class="quiet small">{texts.cannot}</p>
      <div class="buttons">
        <button class="main" type="submit">
          {texts.save}
        </button>
        <button type="button" onClick={() => onClose('')}>
          {texts.cancel}
        </button>
      </div>
    </form>
  )
}
