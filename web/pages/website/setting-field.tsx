import { Field } from '../../parts/field'
import type { FormFaults } from '../../parts/form-faults'
import { useTexts } from '../../texts/use-texts'
import type { SettingsValues } from './settings-input'

export type FieldName = keyof SettingsValues

interface Props {
  name: FieldName
  values: SettingsValues
  faults: FormFaults
  onChange(change: Partial<SettingsValues>): void
}

const OF_WEBSITE: ReadonlySet<FieldName> = new Set([
  'name',
  'tags',
  'everyRounds',
  'minimumVotes',
  'badToOpen',
  'goodToClose',
])
const NUMBERS: ReadonlySet<FieldName> = new Set([
  'everyRounds',
  'minimumVotes',
  'badToOpen',
  'goodToClose',
  'timeoutMs',
  'redirects',
  'maxLatencyMs',
  'certificateDays',
])
const CODE: ReadonlySet<FieldName> = new Set(['headers', 'body', 'statuses'])

/** One setting, by what it is: a choice, a text of many lines, a number or a text. */
export function SettingField({ name, values, faults, onChange }: Props) {
  const { t } = useTexts()
  const texts = t.website.settings
  const [label = name, hint] = texts.fields[name]
  const field = OF_WEBSITE.has(name) ? name : `check.${name}`
  const choices = choicesOf(name, texts)
  const set = (value: string) => onChange({ [name]: value })
  return (
    <Field id={`setting-${name}`} label={label} hint={hint} faults={faults.at(field)}>
      {(control) => {
        if (choices !== null) {
          return (
            <select {...control} value={values[name]} onChange={({ currentTarget }) => set(currentTarget.value)}>
              {Object.entries(choices).map(([value, words]) => (
                <option key={value} value={value}>
                  {words}
                </option>
              ))}
            </select>
          )
        }
        const typed = {
          ...control,
          value: values[name],
          class: CODE.has(name) ? 'code' : '',
          onInput: ({ currentTarget }: { currentTarget: HTMLInputElement | HTMLTextAreaElement }) =>
            set(currentTarget.value),
          spellcheck: name === 'name',
        }
        if (name === 'headers' || name === 'body') return <textarea {...typed} rows={3} />
        return <input {...typed} inputMode={NUMBERS.has(name) ? 'numeric' : 'text'} autocomplete="off" />
      }}
    </Field>
  )
}

function choicesOf(
  name: FieldName,
  texts: ReturnType<typeof useTexts>['t']['website']['settings'],
): Readonly<Record<string, string>> | null {
  if (name === 'method') return { GET: 'GET', HEAD: 'HEAD', POST: 'POST' }
  if (name === 'ipVersion') return texts.ipVersions
  if (name === 'keywordMust') return texts.keywordRules
  return null
}
