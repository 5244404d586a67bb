import { useRef, useState } from 'preact/hooks'
import { ask } from '../../api/ask'
import { CreateWebhookDocument, type CreateWebhookInput, type CreateWebhookMutation } from '../../client/graphql'
import { outcomeOf } from '../../parts/outcome'
import { useTexts } from '../../texts/use-texts'
import { SecretShownOnce } from './secret-shown-once'
import { WebhookForm } from './webhook-form'

type Made = Extract<CreateWebhookMutation['createWebhook'], { kind: 'CreateWebhookSuccess' }>

/** Asks for a webhook's URL, then shows its secret. */
export function CreateWebhook({ onChanged }: { onChanged: () => void }) {
  const { t } = useTexts()
  const texts = t.notifications
  const [isAdding, setIsAdding] = useState(false)
  const [made, setMade] = useState<Made | null>(null)
  const opener = useRef<HTMLButtonElement>(null)
  const close = () => {
    setIsAdding(false)
    setMade(null)
    requestAnimationFrame(() => opener.current?.focus())
  }
  const create = async (input: CreateWebhookInput) => {
    const asked = await ask(CreateWebhookDocument, { input })
    const outcome = outcomeOf(asked, (data) => data.createWebhook, t)
    if (asked.kind === 'data' && asked.data.createWebhook.kind === 'CreateWebhookSuccess') {
      setMade(asked.data.createWebhook)
      setIsAdding(false)
      onChanged()
    }
    return outcome
  }
  if (made !== null) {
    return (
      <SecretShownOnce title={texts.made(made.webhook.url)} secret={made.secret} onClose={close}>
        <p>
          <a href={`/notifications/${made.webhook.id}`}>{texts.toNew}</a>
        </p>
      </SecretShownOnce>
    )
  }
  if (isAdding) return <WebhookForm save={create} onClose={close} />
  return (
    <div class="buttons">
      <button ref={opener} type="button" class="main" onClick={() => setIsAdding(true)}>
        {texts.add}
      </button>
    </div>
  )
}
