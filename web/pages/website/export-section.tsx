import { useState } from 'preact/hooks'
import { askExport, type Exported } from '../../api/export'
import { saveFile } from '../../parts/save-file'
import type { Texts } from '../../texts/en'
import { useTexts } from '../../texts/use-texts'

const FORMATS = ['csv', 'jsonl'] as const
const TOO_MANY = 429

/** All data behind the figures, as files. Their routes take the token in a header, so the page fetches and saves them. */
export function ExportSection({ websiteId }: { websiteId: string }) {
  const { t } = useTexts()
  const texts = t.website.exports
  const [kind, setKind] = useState<string>('verdicts')
  const [format, setFormat] = useState<string>('csv')
  const [span, setSpan] = useState({ from: '', to: '' })
  const [refusal, setRefusal] = useState<string | null>(null)
  const [isAsking, setIsAsking] = useState(false)
  const send = async (event: Event) => {
    event.preventDefault()
    if (isAsking) return
    setIsAsking(true)
    const given = Object.fromEntries(Object.entries(span).filter(([, day]) => day !== ''))
    const exported = await askExport(`${kind}.${format}`, { website: websiteId, ...given })
    setRefusal(await save(exported, `${kind}-${websiteId}.${format}`, t))
    setIsAsking(false)
  }
  return (
    <section class="panel" aria-labelledby="export-title">
      <h2 id="export-title">{texts.title}</h2>
      <p class="quiet small">{texts.text}</p>
      <form class="filters" onSubmit={(event) => void send(event)} aria-label={texts.title}>
        <label>
          {texts.kind}
          <select value={kind} onChange={({ currentTarget }) => setKind(currentTarget.value)}>
            {Object.entries(texts.kinds).map(([value, words]) => (
              <option key={value} value={value}>
                {words}
              </option>
            ))}
          </select>
        </label>
        <label>
          {texts.format}
          <select value={format} onChange={({ currentTarget }) => setFormat(currentTarget.value)}>
            {FORMATS.map((one) => (
              <option key={one} value={one}>
                {one === 'csv' ? 'CSV' : 'JSON Lines'}
              </option>
            ))}
          </select>
        </label>
        {(['from', 'to'] as const).map((end) => (
          <label key={end}>
            {texts[end]}
            <input
              type="date"
              value={span[end]}
              onInput={({ currentTarget }) => setSpan({ ...span, [end]: currentTarget.value })}
            />
          </label>
        ))}
        <button type="submit" aria-disabled={isAsking}>
          {texts.download}
        </button>
      </form>
      {refusal !== null && (
        <p role="alert" class="refusal">
          {refusal}
        </p>
      )}
    </section>
  )
}

/** Null when it was saved, whole. */
async function save(exported: Exported, name: string, t: Texts): Promise<string | null> {
  const texts = t.website.exports
  if (exported.kind === 'offline') return texts.offline
  if (exported.kind === 'refused') return exported.status === TOO_MANY ? texts.busy : texts.failed(exported.status)
  try {
    saveFile(name, await exported.response.blob())
    return null
  } catch {
    return texts.offline
  }
}
