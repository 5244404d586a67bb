import { useState } from 'preact/hooks'
import { ask } from '../../api/ask'
import { VerifyOwnershipDocument, type OwnershipMethod } from '../../client/graphql'
import { messageOf, outcomeOf } from '../../parts/outcome'
import { instant } from '../../parts/time'
import { useTexts } from '../../texts/use-texts'
import type { PageData } from './page-data'
import '../../parts/entries.css'

/** How to prove the host, where this hub asks for it or a proof has gone missing. */
export function OwnershipSection({ ownership, websiteId, onChanged }: Props) {
  const { t, language } = useTexts()
  const texts = t.website.ownership
  const { host, failedAt, instructions } = ownership
  const ways: readonly { method: OwnershipMethod; at: string; value: string }[] = [
    // An address has no TXT records.
    ...(instructions.dnsName === null || instructions.dnsValue === null
      ? []
      : [{ method: 'DNS' as const, at: instructions.dnsName, value: instructions.dnsValue }]),
    { method: 'FILE', at: instructions.fileUrl, value: instructions.fileContent },
    { method: 'META', at: instructions.metaUrl, value: instructions.metaTag },
  ]
  return (
    <section class="panel" aria-labelledby="ownership-title">
      <h2 id="ownership-title">{texts.title}</h2>
      <p>{failedAt === null ? texts.text(host) : texts.missing(instant(Date.parse(failedAt), language))}</p>
      <ul class="entries">
        {ways.map((way) => (
          <Way key={way.method} {...way} websiteId={websiteId} onChanged={onChanged} />
        ))}
      </ul>
    </section>
  )
}

interface Props {
  ownership: PageData['ownership']
  websiteId: string
  onChanged(): void
}

interface WayProps extends Omit<Props, 'ownership'> {
  method: OwnershipMethod
  at: string
  value: string
}

function Way({ method, at, value, websiteId, onChanged }: WayProps) {
  const { t } = useTexts()
  const texts = t.website.ownership
  const [note, setNote] = useState<string | null>(null)
  const look = async () => {
    setNote(texts.looking)
    const asked = await ask(VerifyOwnershipDocument, { input: { websiteId, method } })
    const message = messageOf(outcomeOf(asked, (data) => data.verifyOwnership, t))
    setNote(message)
    if (message === null) onChanged()
  }
  return (
    <li>
      <h3>{texts.methods[method]}</h3>
      <dl class="ways">
        <dt class="quiet small">{texts.at}</dt>
        <dd class="code">{at}</dd>
        <dt class="quiet small">{texts.value}</dt>
        <dd class="code">{value}</dd>
      </dl>
      <div class="buttons">
        <button type="button" class="small" onClick={() => void look()}>
          {texts.look} <span class="out-of-sight">({texts.methods[method]})</span>
        </button>
      </div>
      <p role="status">{note}</p>
    </li>
  )
}
