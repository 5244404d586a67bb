import { useEffect, useId, useRef, useState } from 'preact/hooks'
import { useTexts } from '../texts/use-texts'
import './confirm-dialog.css'

interface Props {
  title: string
  text: string
  confirm: string
  /** Null when it is done, else why not. */
  onConfirm(): Promise<string | null>
  onClose(): void
}

/** Asks before what cannot be undone. Escape and Cancel leave everything as it is; focus goes back to where it was. */
export function ConfirmDialog({ title, text, confirm, onConfirm, onClose }: Props) {
  const { t } = useTexts()
  const dialog = useRef<HTMLDialogElement>(null)
  const [refusal, setRefusal] = useState<string | null>(null)
  const id = useId()
  useEffect(() => dialog.current?.showModal(), [])
  const act = async () => {
    const message = await onConfirm()
    setRefusal(message)
    if (message === null) dialog.current?.close()
  }
  return (
    <dialog
      ref={dialog}
      class="confirm"
      aria-labelledby={`${id}-title`}
      aria-describedby={`${id}-text`}
      onClose={onClose}
    >
      <h2 id={`${id}-title`}>{title}</h2>
      <p id={`${id}-text`}>{text}</p>
      {refusal !== null && (
        <p role="alert" class="refusal">
          {refusal}
        </p>
      )}
      <div class="buttons">
        <button type="button" onClick={() => dialog.current?.close()}>
          {t.websites.cancel}
        </button>
        <button type="button" class="danger" onClick={() => void act()}>
          {confirm}
        </button>
      </div>
    </dialog>
  )
}
