import { useDocument } from '../../api/use-document'
import { NotificationsPageDocument, type NotificationsPageQuery } from '../../client/graphql'
import { FaultNote } from '../../parts/fault-note'
import { Instant } from '../../parts/instant'
import { queryAddress } from '../../parts/query-address'
import { Mark } from '../../parts/state-mark'
import { TableFrame } from '../../parts/table-frame'
import { useTitle } from '../../parts/use-title'
import { useTexts } from '../../texts/use-texts'
import { CreateWebhook } from './create-webhook'
import { DeliveryMark } from './delivery-mark'
import { useIncidentChanges } from './use-incident-changes'
import { WatchedWebsites } from './watched-websites'
import '../../parts/panel.css'

type Row = NotificationsPageQuery['channels']['edges'][number]['node']

/** Who is told of incidents. */
export function NotificationsPage() {
  const { t } = useTexts()
  const texts = t.notifications
  const { data, fault, refresh } = useDocument(NotificationsPageDocument, {})
  useIncidentChanges(refresh)
  useTitle(texts.title)
  return (
    <>
      <h1>{texts.title}</h1>
      <p>{texts.what}</p>
      {fault !== null && <FaultNote fault={fault} onRetry={refresh} />}
      {data === null && fault === null && <p role="status">{t.websites.loading}</p>}
      {data !== null && <CreateWebhook onChanged={refresh} />}
      {data !== null && <Channels rows={data.channels.edges.map(({ node }) => node)} />}
      <p class="small">
        <a href={queryAddress(NotificationsPageDocument, {})}>{t.website.pageQuery}</a>
      </p>
    </>
  )
}

function Channels({ rows }: { rows: readonly Row[] }) {
  const { t } = useTexts()
  const texts = t.notifications
  if (rows.length === 0) {
    return (
      <section class="note">
        <h2>{texts.none}</h2>
        <p>{texts.noneHint}</p>
      </section>
    )
  }
  return (
    <TableFrame label={texts.title}>
      <table>
        <caption class="out-of-sight">{texts.title}</caption>
        <thead>
          <tr>
            {[texts.url, texts.website, texts.state, texts.lastMessage, texts.created].map((name) => (
              <th key={name} scope="col">
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <ChannelRow key={row.id} row={row} />
          ))}
        </tbody>
      </table>
    </TableFrame>
  )
}

function ChannelRow({ row }: { row: Row }) {
  const { t } = useTexts()
  const texts = t.notifications
  const last = row.deliveries.edges[0]?.node
  return (
    <tr>
      <th scope="row" class="text">
        <a href={`/notifications/${encodeURIComponent(row.id)}`}>{row.url}</a>
      </th>
      <td class="text">
        <WatchedWebsites website={row.website} />
      </td>
      <td>
        <Mark like={row.enabled ? 'GOOD' : 'DISABLED'}>{row.enabled ? texts.on : texts.off}</Mark>
      </td>
      <td>{last === undefined ? texts.noMessage : <DeliveryMark delivery={last} />}</td>
      <td>
        <Instant at={row.createdAt} />
      </td>
    </tr>
  )
}
