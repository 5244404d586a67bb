import { useEffect, useRef, useState } from 'preact/hooks'
import { ask } from '../../api/ask'
import { AcknowledgeIncidentDocument } from '../../client/graphql'
import { messageOf, outcomeOf } from '../../parts/outcome'
import { instant } from '../../parts/time'
import { useTexts } from '../../texts/use-texts'

interface Props {
  incident: { id: string; acknowledgedAt: string | null }
  onChanged(): void
}

/** When its owner acknowledged it, or the button to do so. */
export function Acknowledgement({ incident, onChanged }: Props) {
  const { t, language } = useTexts()
  const texts = t.incidents
  const told = useRef<HTMLSpanElement>(null)
  const hasAsked = useRef(false)
  const [refusal, setRefusal] = useState<string | null>(null)
  useEffect(() => {
    // The button that had the focus is gone.
    if (hasAsked.current) told.current?.focus()
  }, [incident.acknowledgedAt])
  if (incident.acknowledgedAt !== null) {
    return (
      <span ref={told} tabIndex={-1} class="quiet">
        {texts.acknowledged(instant(Date.parse(incident.acknowledgedAt), language))}
      </span>
    )
  }
  const acknowledge = async () => {
    hasAsked.current = true
    const asked = await ask(AcknowledgeIncidentDocument, { id: incident.id })
    const message = messageOf(outcomeOf(asked, (data) => data.acknowledgeIncident, t))
    setRefusal(message)
    if (message === null) onChanged()
  }
  return (
    <>
      <button type="button" class="small" onClick={() => void acknowledge()}>
        {texts.acknowledge}
      </button>
      {refusal !== null && (
        <span role="alert" class="refusal">
          {refusal}
        </span>
      )}
    </>
  )
}
