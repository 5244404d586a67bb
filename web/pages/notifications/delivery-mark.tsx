import { Instant } from '../../parts/instant'
import { Mark } from '../../parts/state-mark'
import { useTexts } from '../../texts/use-texts'
import type { Delivery } from './channel-data'
import { deliveryState, LIKE } from './delivery-state'

interface Props {
  delivery: Pick<Delivery, 'event' | 'createdAt' | 'deliveredAt' | 'abandonedAt' | 'nextAttemptAt'>
}

/** What a message was about, and what became of it. */
export function DeliveryMark({ delivery }: Props) {
  const { t } = useTexts()
  const texts = t.notifications.deliveries
  const { event, createdAt } = delivery
  const state = deliveryState(delivery)
  return (
    <>
      <Mark like={LIKE[state]}>{texts.states[state]}</Mark>: {eventName(event, texts.events)},{' '}
      <Instant at={createdAt} precision="SECOND" />
    </>
  )
}

/** A newer hub may have others. */
function eventName(event: string, names: Readonly<Record<string, string>>): string {
  return names[event] ?? event
}
