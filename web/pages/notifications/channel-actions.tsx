import { useState } from 'preact/hooks'
import { ask } from '../../api/ask'
import { go } from '../../app/router'
import { DeleteChannelDocument, UpdateWebhookDocument } from '../../client/graphql'
import { ConfirmDialog } from '../../parts/confirm-dialog'
import { messageOf, outcomeOf } from '../../parts/outcome'
import { useTexts } from '../../texts/use-texts'
import type { Channel } from './channel-data'
import { RotateSecret } from './rotate-secret'
import { TestChannel } from './test-channel'

interface Props {
  channel: Channel
  onChanged(): void
}

/** Tests, turns on or off, replaces the secret of, and deletes a channel. */
export function ChannelActions({ channel, onChanged }: Props) {
  const { t } = useTexts()
  const texts = t.notifications
  const [isDeleting, setIsDeleting] = useState(false)
  const [note, setNote] = useState({ text: '', isRefusal: false })
  const { id, url, enabled } = channel
  const toggle = async () => {
    const asked = await ask(UpdateWebhookDocument, { input: { id, enabled: !enabled } })
    const message = messageOf(outcomeOf(asked, (data) => data.updateWebhook, t))
    setNote({ text: message ?? (enabled ? texts.turnedOff : texts.turnedOn), isRefusal: message !== null })
    if (message === null) onChanged()
  }
  const remove = async () => {
    const message = messageOf(outcomeOf(await ask(DeleteChannelDocument, { id }), (data) => data.deleteChannel, t))
    if (message === null) go('/notifications', 'REPLACE')
    return message
  }
  return (
    <section class="panel" aria-labelledby="actions-title">
      <h2 id="actions-title">{texts.actions}</h2>
      <TestChannel id={id} onTested={onChanged} />
      <RotateSecret id={id} onChanged={onChanged} />
      <div class="buttons">
        <button type="button" onClick={() => void toggle()}>
          {enabled ? texts.turnOff : texts.turnOn}
        </button>
        <button type="button" class="danger" onClick={() => setIsDeleting(true)}>
          {texts.delete}
        </button>
      </div>
      <p role="status" class={note.isRefusal ? 'refusal' : 'quiet'}>
        {note.text}
      </p>
      {isDeleting && (
        <ConfirmDialog
          title={texts.deleteTitle(url)}
          text={texts.deleteText}
          confirm={texts.deleteYes}
          onConfirm={remove}
          onClose={() => setIsDeleting(false)}
        />
      )}
    </section>
  )
}
