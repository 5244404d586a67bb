import { useEffect, useState } from 'preact/hooks'
import { LogIn } from '../pages/log-in/log-in'
import { LogInByLink } from '../pages/log-in/log-in-by-link'
import { NotFound } from '../pages/not-found'
import { Websites } from '../pages/websites/websites'
import { useTexts } from '../texts/use-texts'
import { lazyPage } from './lazy-page'
import { takeCode } from './log-in-code'
import { followLinks, usePlace } from './router'
import { useToken } from './session'
import { Shell } from './shell'

const Incidents = lazyPage(async () => (await import('../pages/incidents/incidents')).Incidents)
const IncidentPage = lazyPage(async () => (await import('../pages/incidents/incident-page')).IncidentPage)
const AccountPage = lazyPage(async () => (await import('../pages/account/account-page')).AccountPage)
const ChannelPage = lazyPage(async () => (await import('../pages/notifications/channel-page')).ChannelPage)
const NotificationsPage = lazyPage(
  async () => (await import('../pages/notifications/notifications-page')).NotificationsPage,
)
const WebsitePage = lazyPage(async () => (await import('../pages/website/website-page')).WebsitePage)

export function App() {
  const held = useToken()
  const { path, query } = usePlace()
  const { language } = useTexts()
  const [code, setCode] = useState(takeCode)
  useEffect(() => {
    document.documentElement.lang = language
  }, [language])
  useEffect(() => {
    document.addEventListener('click', followLinks)
    return () => document.removeEventListener('click', followLinks)
  }, [])
  useEffect(() => {
    // A link that is opened where the page is already.
    const changed = () => setCode((before) => takeCode() ?? before)
    addEventListener('hashchange', changed)
    return () => removeEventListener('hashchange', changed)
  }, [])
  if (code !== null) return <LogInByLink key={code} code={code} onDone={() => setCode(null)} />
  if (held === null) return <LogIn />
  return <Shell path={path}>{page(path, query)}</Shell>
}

function page(path: string, query: URLSearchParams) {
  if (path === '/' || path === '/log-in' || path === '/websites') return <Websites query={query} />
  if (path === '/account') return <AccountPage query={query} />
  if (path === '/notifications') return <NotificationsPage />
  const [, channel] = /^\/notifications\/([^/]+)$/.exec(path) ?? []
  if (channel !== undefined) return <ChannelPage key={channel} id={channel} query={query} />
  const [, id] = /^\/websites\/([^/]+)$/.exec(path) ?? []
  if (id !== undefined) return <WebsitePage key={id} id={id} query={query} />
  if (path === '/incidents') return <Incidents query={query} />
  const [, incidentId] = /^\/incidents\/([^/]+)$/.exec(path) ?? []
  if (incidentId !== undefined) return <IncidentPage key={incidentId} id={incidentId} query={query} />
  return <NotFound />
}
