import type { ComponentChildren } from 'preact'
import { useEffect, useId, useRef, useState } from 'preact/hooks'
import { useTexts } from '../texts/use-texts'
import { Field } from './field'
import './shown-once.css'

interface Props {
  title: string
  label: string
  /** Held by the page alone: never put it into an address or a storage. */
  secret: string
  onClose(): void
  /** What to do with it. */
  children?: ComponentChildren
}

/** A secret that the hub shows once, to be copied before it is closed. */
export function ShownOnce({ title, label, secret, onClose, children }: Props) {
  const { t } = useTexts()
  const texts = t.shownOnce
  const [note, setNote] = useState<string | null>(null)
  const field = useRef<HTMLInputElement>(null)
  const id = useId()
  useEffect(() => field.current?.select(), [secret])
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(secret)
      setNote(texts.copied)
    } catch {
      // No clipboard without HTTPS, or it is forbidden.
      field.current?.select()
      setNote(texts.copyByHand)
    }
  }
  return (
    <section class="shown-once" aria-labelledby={`${id}-title`}>
      <h2 id={`${id}-title`}>{title}</h2>
      <Field id={`${id}-secret`} label={label} hint={texts.hint}>
        {(control) => <input {...control} ref={field} value={secret} readOnly autocomplete="off" spellcheck={false} />}
      </Field>
      <div class="buttons">
        <button type="button" class="main" onClick={() => void copy()}>
          {texts.copy}
        </button>
        <button type="button" onClick={onClose}>
          {texts.done}
        </button>
      </div>
      <p role="status">{note}</p>
      {children}
    </section>
  )
}
