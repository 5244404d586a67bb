import { useEffect, useRef, useState } from 'preact/hooks'
import { Field } from '../../parts/field'
import { InputForm } from '../../parts/input-form'
import type { Outcome } from '../../parts/outcome'
import { useTexts } from '../../texts/use-texts'

export interface TokenValues {
  name: string
  readOnly: boolean
}

interface Props {
  save(values: TokenValues): Promise<Outcome>
  onClose(): void
}

export function TokenForm({ save, onClose }: Props) {
  const { t } = useTexts()
  const texts = t.account.tokens
  const [values, setValues] = useState<TokenValues>({ name: '', readOnly: false })
  const name = useRef<HTMLInputElement>(null)
  useEffect(() => name.current?.focus(), [])
  return (
    <InputForm
      title={texts.add}
      submit={texts.create}
      fields={['name']}
      save={() => save(values)}
      buttons={
        <button type="button" onClick={onClose}>
          {t.websites.cancel}
        </button>
      }
    >
      {(faults) => (
        <>
          <Field id="token-name" label={texts.name} hint={texts.nameHint} faults={faults.at('name')}>
            {(control) => (
              <input
                {...control}
                ref={name}
                autocomplete="off"
                value={values.name}
                onInput={({ currentTarget: { value } }) => setValues((before) => ({ ...before, name: value }))}
              />
            )}
          </Field>
          <label class="choice">
            <input
              type="checkbox"
              checked={values.readOnly}
              onChange={({ currentTarget: { checked } }) => setValues((before) => ({ ...before, readOnly: checked }))}
            />
            {texts.readOnlyChoice}
          </label>
        </>
      )}
    </InputForm>
  )
}
