import type { ComponentChildren } from 'preact'
import { ShownOnce } from '../../parts/shown-once'
import { useTexts } from '../../texts/use-texts'

interface Props {
  title: string
  secret: string
  onClose(): void
  children?: ComponentChildren
}

/** A webhook's secret, with what the receiver does with it. */
export function SecretShownOnce({ title, secret, onClose, children }: Props) {
  const { t } = useTexts()
  const texts = t.notifications
  return (
    <ShownOnce title={title} label={texts.secret} secret={secret} onClose={onClose}>
      {children}
      <details class="small">
        <summary>{texts.verify}</summary>
        <ol>
          {texts.verifySteps.map((step) => (
            <li key={step}>{step}</li>
          ))}
        </ol>
      </details>
    </ShownOnce>
  )
}
