import { useTexts } from '../../texts/use-texts'
import type { Channel } from './channel-data'

/** Whose incidents a channel tells. */
export function WatchedWebsites({ website }: Pick<Channel, 'website'>) {
  const { t } = useTexts()
  if (website === null) return t.notifications.every
  return <a href={`/websites/${encodeURIComponent(website.id)}`}>{website.name}</a>
}
