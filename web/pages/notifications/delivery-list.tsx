import { pageAddress, type PageAt } from '../../parts/page-at'
import { Paging } from '../../parts/paging'
import { instant } from '../../parts/time'
import { useTexts } from '../../texts/use-texts'
import { AttemptTable } from './attempt-table'
import type { Channel, Delivery } from './channel-data'
import { DeliveryMark } from './delivery-mark'
import '../../parts/entries.css'
import './attempts.css'

interface Props {
  channel: Channel
  at: PageAt
  isAsking: boolean
  onRefresh(): void
}

/** What the channel was sent, newest first, each message with its attempts. */
export function DeliveryList({ channel, at, isAsking, onRefresh }: Props) {
  const { t } = useTexts()
  const texts = t.notifications.deliveries
  const { edges, pageInfo } = channel.deliveries
  return (
    <section class="panel" id="deliveries" aria-labelledby="deliveries-title">
      <div class="panel-heading">
        <h2 id="deliveries-title">{texts.title}</h2>
        <button type="button" aria-disabled={isAsking} onClick={onRefresh}>
          {texts.refresh}
        </button>
      </div>
      <p class="quiet small">{texts.what}</p>
      {edges.length === 0 && <p>{texts.none}</p>}
      <ul class="entries deliveries">
        {edges.map(({ node }) => (
          <DeliveryEntry key={node.id} delivery={node} />
        ))}
      </ul>
      <Paging
        label={texts.pages}
        pageInfo={pageInfo}
        at={at}
        hrefOf={(page) => `${pageAddress(`/notifications/${encodeURIComponent(channel.id)}`, page)}#deliveries`}
      />
    </section>
  )
}

function DeliveryEntry({ delivery }: { delivery: Delivery }) {
  const { t, language } = useTexts()
  const texts = t.notifications.deliveries
  const { id, attempts, nextAttemptAt, payload } = delivery
  return (
    <li>
      <p class="entry-line">
        <span>
          <DeliveryMark delivery={delivery} />
        </span>
        {nextAttemptAt !== null && (
          <span class="quiet">{texts.nextBy(instant(Date.parse(nextAttemptAt), language, 'SECOND'))}</span>
        )}
      </p>
      <details>
        <summary>{texts.attemptCount(attempts.length)}</summary>
        {attempts.length === 0 ? (
          <p>{texts.noAttempts}</p>
        ) : (
          <AttemptTable title={texts.attempts} attempts={attempts} />
        )}
        <p class="small">
          {texts.id}: <span class="code">{id}</span>
        </p>
        <h3>{texts.payload}</h3>
        <pre class="code payload">{payload}</pre>
      </details>
    </li>
  )
}
