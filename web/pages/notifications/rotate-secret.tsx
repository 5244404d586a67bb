import { useRef, useState } from 'preact/hooks'
import { ask } from '../../api/ask'
import { RotateWebhookSecretDocument } from '../../client/graphql'
import { Field } from '../../parts/field'
import { InputForm } from '../../parts/input-form'
import { outcomeOf } from '../../parts/outcome'
import { useTexts } from '../../texts/use-texts'
import { SecretShownOnce } from './secret-shown-once'

const OVERLAPS_S = [0, 3600, 86_400, 604_800] as const
const DAY_S = 86_400

/** Gives a webhook a new secret, which is shown once. */
export function RotateSecret({ id, onChanged }: { id: string; onChanged: () => void }) {
  const { t } = useTexts()
  const texts = t.notifications
  const [isOpen, setIsOpen] = useState(false)
  const [overlapS, setOverlapS] = useState<number>(DAY_S)
  const [secret, setSecret] = useState<string | null>(null)
  const opener = useRef<HTMLButtonElement>(null)
  const close = () => {
    setIsOpen(false)
    setSecret(null)
    requestAnimationFrame(() => opener.current?.focus())
  }
  const rotate = async () => {
    const asked = await ask(RotateWebhookSecretDocument, { input: { id, overlapS } })
    const outcome = outcomeOf(asked, (data) => data.rotateWebhookSecret, t)
    if (asked.kind === 'data' && asked.data.rotateWebhookSecret.kind === 'RotateWebhookSecretSuccess') {
      setSecret(asked.data.rotateWebhookSecret.secret)
      onChanged()
    }
    return outcome
  }
  if (secret !== null) return <SecretShownOnce title={texts.rotated} secret={secret} onClose={close} />
  if (!isOpen) {
    return (
      <div class="buttons">
        <button ref={opener} type="button" onClick={() => setIsOpen(true)}>
          {texts.rotate} …
        </button>
      </div>
    )
  }
  return (
    <InputForm
      title={texts.rotate}
      submit={texts.rotate}
      fields={['overlapS']}
      save={rotate}
      buttons={
        <button type="button" onClick={close}>
          {t.websites.cancel}
        </button>
      }
    >
      {(faults) => (
        <>
          <p class="small">{texts.rotateText}</p>
          <Field id="overlap" label={texts.overlap} faults={faults.at('overlapS')}>
            {(control) => (
              <select
                {...control}
                value={overlapS}
                onChange={({ currentTarget }) => setOverlapS(Number(currentTarget.value))}
              >
                {OVERLAPS_S.map((seconds) => (
                  <option key={seconds} value={seconds}>
                    {texts.overlaps[seconds]}
                  </option>
                ))}
              </select>
            )}
          </Field>
        </>
      )}
    </InputForm>
  )
}
