import { useDocument } from '../../api/use-document'
import { ChannelPageDocument } from '../../client/graphql'
import { FaultNote } from '../../parts/fault-note'
import { Instant } from '../../parts/instant'
import { pageTerms, readPage } from '../../parts/page-at'
import { queryAddress } from '../../parts/query-address'
import { Mark } from '../../parts/state-mark'
import { useTitle } from '../../parts/use-title'
import { useTexts } from '../../texts/use-texts'
import { ChannelActions } from './channel-actions'
import type { Channel } from './channel-data'
import { DeliveryList } from './delivery-list'
import { useIncidentChanges } from './use-incident-changes'
import { WatchedWebsites } from './watched-websites'
import '../../parts/panel.css'

const DELIVERIES_A_PAGE = 20

/** One channel: what it is, what can be done with it, and what it was sent. */
export function ChannelPage({ id, query }: { id: string; query: URLSearchParams }) {
  const { t } = useTexts()
  const at = readPage(query)
  const variables = { id, ...pageTerms(at, DELIVERIES_A_PAGE) }
  const { data, fault, isAsking, refresh } = useDocument(ChannelPageDocument, variables)
  useIncidentChanges(refresh)
  const channel = data?.channel ?? null
  useTitle(channel?.url ?? null)
  if (data !== null && channel === null) return <Gone />
  return (
    <>
      <h1>{channel?.url ?? t.notifications.title}</h1>
      {fault !== null && <FaultNote fault={fault} onRetry={refresh} />}
      {channel === null && fault === null && <p role="status">{t.websites.loading}</p>}
      {channel !== null && (
        <>
          <Facts channel={channel} />
          <ChannelActions channel={channel} onChanged={refresh} />
          <DeliveryList channel={channel} at={at} isAsking={isAsking} onRefresh={refresh} />
        </>
      )}
      <p class="small">
        <a href={queryAddress(ChannelPageDocument, variables)}>{t.website.pageQuery}</a>
      </p>
    </>
  )
}

function Facts({ channel }: { channel: Channel }) {
  const { t } = useTexts()
  const texts = t.notifications
  const { enabled, website, createdAt, previousSecretUntil } = channel
  return (
    <>
      <dl class="facts">
        <div>
          <dt>{texts.state}</dt>
          <dd>
            <Mark like={enabled ? 'GOOD' : 'DISABLED'}>{enabled ? texts.on : texts.off}</Mark>
          </dd>
        </div>
        <div>
          <dt>{texts.website}</dt>
          <dd>
            <WatchedWebsites website={website} />
          </dd>
        </div>
        <div>
          <dt>{texts.created}</dt>
          <dd>
            <Instant at={createdAt} />
          </dd>
        </div>
        {previousSecretUntil !== null && (
          <div>
            <dt>{texts.previousUntil}</dt>
            <dd>
              <Instant at={previousSecretUntil} />
            </dd>
          </div>
        )}
      </dl>
      {!enabled && <p class="note">{texts.offText}</p>}
    </>
  )
}

function Gone() {
  const { t } = useTexts()
  return (
    <>
      <h1>{t.notFound.title}</h1>
      <p>{t.notifications.notFound}</p>
      <p>
        <a href="/notifications">{t.notifications.back}</a>
      </p>
    </>
  )
}
