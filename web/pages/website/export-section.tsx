import { useState } from 'preact/hooks'
import { useTexts } from '../../texts/use-texts'
import { saveExport } from './save-export'

const FORMATS = ['csv', 'jsonl'] as const

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
    setRefusal(await saveExport(`${kind}.${format}`, { website: websiteId, ...given }, t))
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
