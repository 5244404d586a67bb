import { useRef, useState } from 'preact/hooks'
import { ask } from '../../api/ask'
import { go } from '../../app/router'
import { DeleteWebsiteDocument, UpdateWebsiteDocument, type UpdateWebsiteInput } from '../../client/graphql'
import { ConfirmDialog } from '../../parts/confirm-dialog'
import { messageOf, outcomeOf, type Outcome } from '../../parts/outcome'
import { useTexts } from '../../texts/use-texts'
import type { PageData } from './page-data'
import { SettingsForm } from './settings-form'
import { settingsValues } from './settings-input'

/** What the website is checked by, and whether it is. */
export function SettingsSection({ page, onChanged }: { page: PageData; onChanged: () => void }) {
  const { t } = useTexts()
  const texts = t.website.settings
  const [isOpen, setIsOpen] = useState(false)
  const [isDeleting, setIsDeleting] = useState(false)
  const [note, setNote] = useState({ text: '', isRefusal: false })
  const opener = useRef<HTMLButtonElement>(null)
  const update = async (change: Omit<UpdateWebsiteInput, 'id'>): Promise<Outcome> => {
    const asked = await ask(UpdateWebsiteDocument, { input: { id: page.id, ...change } })
    const outcome = outcomeOf(asked, (data) => data.updateWebsite, t)
    if (outcome.kind === 'done') onChanged()
    return outcome
  }
  const toggle = async () => {
    const message = messageOf(await update({ enabled: !page.enabled }))
    setNote({ text: message ?? '', isRefusal: message !== null })
  }
  const remove = async () => {
    const asked = await ask(DeleteWebsiteDocument, { id: page.id })
    const message = messageOf(outcomeOf(asked, (data) => data.deleteWebsite, t))
    if (message === null) go('/websites', 'REPLACE')
    return message
  }
  const close = (text: string) => {
    setIsOpen(false)
    setNote({ text, isRefusal: false })
    requestAnimationFrame(() => opener.current?.focus())
  }
  return (
    <section class="panel" aria-labelledby="settings-title">
      <h2 id="settings-title">{texts.title}</h2>
      <div class="buttons">
        <button ref={opener} type="button" aria-expanded={isOpen} onClick={() => setIsOpen(!isOpen)}>
          {texts.open}
        </button>
        <button type="button" onClick={() => void toggle()}>
          {page.enabled ? texts.disable : texts.enable}
        </button>
        <button type="button" class="danger" onClick={() => setIsDeleting(true)}>
          {texts.delete}
        </button>
      </div>
      <p role="status" class={note.isRefusal ? 'refusal' : 'quiet'}>
        {note.text}
      </p>
      {isOpen && <SettingsForm initial={settingsValues(page)} save={update} onClose={close} />}
      {isDeleting && (
        <ConfirmDialog
          title={texts.deleteTitle(page.name)}
          text={texts.deleteText}
          confirm={texts.deleteYes}
          onConfirm={remove}
          onClose={() => setIsDeleting(false)}
        />
      )}
    </section>
  )
}
