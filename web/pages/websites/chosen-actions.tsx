import { useState } from 'preact/hooks'
import { ask, type Asked } from '../../api/ask'
import { DeleteWebsitesDocument, UpdateWebsitesDocument, type UpdateWebsitesInput } from '../../client/graphql'
import { useTexts } from '../../texts/use-texts'

/** What can be done with several at once. Deleting asks again, for it cannot be undone. */
export function ChosenActions({ ids, onDone }: { ids: readonly string[]; onDone: () => void }) {
  const { t } = useTexts()
  const [refusal, setRefusal] = useState<string | null>(null)
  const [isDeleting, setIsDeleting] = useState(false)
  const [tag, setTag] = useState('')
  const settle = (asked: Asked<unknown>, message: string | null) => {
    if (asked.kind === 'fault') setRefusal(t.faults[asked.fault.kind])
    else if (message === null) onDone()
    else setRefusal(message)
  }
  const update = async (change: Omit<UpdateWebsitesInput, 'ids'>) => {
    const asked = await ask(UpdateWebsitesDocument, { input: { ids: [...ids], ...change } })
    settle(asked, asked.kind === 'data' ? messageOf(asked.data.updateWebsites) : null)
  }
  const remove = async () => {
    const asked = await ask(DeleteWebsitesDocument, { input: { ids: [...ids] } })
    settle(asked, asked.kind === 'data' ? messageOf(asked.data.deleteWebsites) : null)
  }
  return (
    <section class="card chosen" aria-label={t.websites.chosen(ids.length)}>
      <p>{t.websites.chosen(ids.length)}</p>
      <div class="buttons">
        <button type="button" onClick={() => void update({ enabled: true })}>
          {t.websites.enable}
        </button>
        <button type="button" onClick={() => void update({ enabled: false })}>
          {t.websites.disable}
        </button>
        <form
          onSubmit={(event) => {
            event.preventDefault()
            if (tag.trim() !== '') void update({ addTags: [tag] })
          }}
        >
          <label>
            <span class="out-of-sight">{t.websites.tag}</span>
            <input value={tag} onInput={({ currentTarget }) => setTag(currentTarget.value)} maxLength={50} />
          </label>
          <button type="submit">{t.websites.addTag}</button>
        </form>
        {isDeleting ? (
          <>
            <button type="button" class="danger" onClick={() => void remove()}>
              {t.websites.deleteFor(ids.length)}
            </button>
            <button type="button" onClick={() => setIsDeleting(false)}>
              {t.websites.cancel}
            </button>
          </>
        ) : (
          <button type="button" class="danger" onClick={() => setIsDeleting(true)}>
            {t.websites.delete}
          </button>
        )}
      </div>
      {refusal !== null && (
        <p role="alert" class="refusal">
          {refusal}
        </p>
      )}
    </section>
  )
}

/** Null when it was done. */
function messageOf(result: object): string | null {
  return 'message' in result ? String(result.message) : null
}
