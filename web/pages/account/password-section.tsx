import { useState } from 'preact/hooks'
import { ask } from '../../api/ask'
import { ChangePasswordDocument } from '../../client/graphql'
import { Field } from '../../parts/field'
import { InputForm } from '../../parts/input-form'
import { outcomeOf } from '../../parts/outcome'
import { useTexts } from '../../texts/use-texts'
import type { Account } from './account-page'

const FIELDS = ['currentPassword', 'newPassword'] as const
const NOTHING = { currentPassword: '', newPassword: '' }

/** Changes the password, or sets the first one. */
export function PasswordSection({ account, onChanged }: { account: Account; onChanged: () => void }) {
  const { t } = useTexts()
  const texts = t.account.password
  const { hasPassword, email } = account
  const [values, setValues] = useState(NOTHING)
  const [note, setNote] = useState<string | null>(null)
  const save = async () => {
    setNote(null)
    const { currentPassword, newPassword } = values
    const input = { newPassword, ...(hasPassword && { currentPassword }) }
    const outcome = outcomeOf(await ask(ChangePasswordDocument, { input }), (data) => data.changePassword, t)
    if (outcome.kind === 'done') {
      setValues(NOTHING)
      setNote(texts.changed)
      onChanged()
    }
    return outcome
  }
  const title = hasPassword ? texts.change : texts.set
  const shown = hasPassword ? FIELDS : (['newPassword'] as const)
  return (
    <section class="panel" aria-labelledby="password-title">
      <h2 id="password-title">{texts.title}</h2>
      <p>{hasPassword ? texts.has : texts.none}</p>
      <p class="quiet small">{texts.ends}</p>
      <InputForm title={title} submit={title} fields={shown} save={save}>
        {(faults) => (
          <div class="fields">
            <input type="hidden" name="username" autocomplete="username" value={email} />
            {shown.map((name) => (
              <Field key={name} id={name} label={texts[name]} hint={texts.hints[name]} faults={faults.at(name)}>
                {(control) => (
                  <input
                    {...control}
                    type="password"
                    autocomplete={name === 'newPassword' ? 'new-password' : 'current-password'}
                    value={values[name]}
                    onInput={({ currentTarget: { value } }) => setValues((before) => ({ ...before, [name]: value }))}
                  />
                )}
              </Field>
            ))}
          </div>
        )}
      </InputForm>
      <p role="status">{note}</p>
    </section>
  )
}
