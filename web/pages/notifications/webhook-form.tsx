import { useEffect, useRef, useState } from 'preact/hooks'
import type { CreateWebhookInput } from '../../client/graphql'
import { Field } from '../../parts/field'
import { InputForm } from '../../parts/input-form'
import type { Outcome } from '../../parts/outcome'
import { useTexts } from '../../texts/use-texts'
import { useWebsiteNames } from './use-website-names'

interface Props {
  save(input: CreateWebhookInput): Promise<Outcome>
  onClose(): void
}

export function WebhookForm({ save, onClose }: Props) {
  const { t } = useTexts()
  const texts = t.notifications
  const [url, setUrl] = useState('')
  const [websiteId, setWebsiteId] = useState('')
  const names = useWebsiteNames()
  const first = useRef<HTMLInputElement>(null)
  useEffect(() => first.current?.focus(), [])
  return (
    <InputForm
      title={texts.add}
      submit={texts.create}
      fields={['url', 'websiteId']}
      save={() => save({ url: url.trim(), ...(websiteId !== '' && { websiteId }) })}
      buttons={
        <button type="button" onClick={onClose}>
          {t.websites.cancel}
        </button>
      }
    >
      {(faults) => (
        <>
          <Field id="webhook-url" label={texts.url} hint={texts.urlHint} faults={faults.at('url')}>
            {(control) => (
              <input
                {...control}
                ref={first}
                type="url"
                autocomplete="off"
                value={url}
                onInput={({ currentTarget }) => setUrl(currentTarget.value)}
              />
            )}
          </Field>
          <Field id="webhook-website" label={texts.website} faults={faults.at('websiteId')}>
            {(control) => (
              <select
                {...control}
                value={websiteId}
                onChange={({ currentTarget }) => setWebsiteId(currentTarget.value)}
              >
                <option value="">{texts.every}</option>
                {names.map(({ id, name }) => (
                  <option key={id} value={id}>
                    {name}
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
