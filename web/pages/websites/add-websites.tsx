import { useEffect, useRef, useState } from 'preact/hooks'
import { ask } from '../../api/ask'
import { CreateWebsitesDocument } from '../../client/graphql'
import { useTexts } from '../../texts/use-texts'
import type { Texts } from '../../texts/en'
import { readUrls, type ReadUrl } from './read-urls'

interface Props {
  onAdded(): void
  onCancel(): void
}

/** One URL or many, one a line; everything else has a default. Those that are refused stay in the field, each with its reason. */
export function AddWebsites({ onAdded, onCancel }: Props) {
  const { t } = useTexts()
  const [text, setText] = useState('')
  const [refusals, setRefusals] = useState<readonly string[]>([])
  const [isAsking, setIsAsking] = useState(false)
  const field = useRef<HTMLTextAreaElement>(null)
  useEffect(() => field.current?.focus(), [])
  const send = async (event: Event) => {
    event.preventDefault()
    const urls = readUrls(text)
    if (urls.length === 0 || isAsking) return field.current?.focus()
    setIsAsking(true)
    const refused = await add(t, urls)
    setIsAsking(false)
    if (refused.length === 0) return onAdded()
    setText(refused.map(({ url }) => url).join('\n'))
    setRefusals(refused.map(({ url, message }) => (refused.length === 1 ? message : `${url}: ${message}`)))
    field.current?.focus()
    return undefined
  }
  return (
    <form
      class="card"
      aria-label={t.websites.add}
      onSubmit={(event) => void send(event)}
      onKeyDown={({ key }) => key === 'Escape' && onCancel()}
    >
      <label>
        {t.websites.urls}
        <textarea
          ref={field}
          name="urls"
          rows={Math.min(8, Math.max(2, text.split('\n').length))}
          value={text}
          onInput={({ currentTarget }) => setText(currentTarget.value)}
          placeholder="https://example.com/"
          spellcheck={false}
          aria-invalid={refusals.length > 0}
          aria-describedby="urls-hint urls-refusals"
        />
      </label>
      <p id="urls-hint" class="quiet">
        {t.websites.urlsHint}
      </p>
      <div id="urls-refusals" role="alert">
        {refusals.length > 0 && (
          <ul class="refusals">
            {refusals.map((refusal) => (
              <li key={refusal}>{refusal}</li>
            ))}
          </ul>
        )}
      </div>
      <div class="buttons">
        <button class="main" type="submit" aria-disabled={isAsking}>
          {t.websites.addThem}
        </button>
        <button type="button" onClick={onCancel}>
          {t.websites.cancel}
        </button>
      </div>
    </form>
  )
}

type Refused = ReadUrl & { message: string }

async function add(t: Texts, urls: readonly ReadUrl[]): Promise<Refused[]> {
  const asked = await ask(CreateWebsitesDocument, { input: { websites: [...urls] } })
  if (asked.kind === 'fault') return urls.slice(0, 1).map((url) => ({ ...url, message: t.faults[asked.fault.kind] }))
  const { createWebsites } = asked.data
  if (createWebsites.kind === 'CreateWebsitesSuccess') {
    return createWebsites.results.flatMap((result, index) => {
      const url = urls[index]
      return result.kind === 'CreateWebsiteRefused' && url ? [{ ...url, message: result.message }] : []
    })
  }
  return urls.map((url) => ({ ...url, message: createWebsites.message }))
}
