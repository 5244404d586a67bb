import { useEffect } from 'preact/hooks'
import { LogIn } from '../pages/log-in/log-in'
import { NotFound } from '../pages/not-found'
import { Websites } from '../pages/websites/websites'
import { useTexts } from '../texts/use-texts'
import { lazyPage } from './lazy-page'
import { followLinks, usePlace } from './router'
import { useToken } from './session'
import { Shell } from './shell'

const WebsitePage = lazyPage(async () => (await import('../pages/website/website-page')).WebsitePage)

export function App() {
  const held = useToken()
  const { path, query } = usePlace()
  const { language } = useTexts()
  useEffect(() => {
    document.documentElement.lang = language
  }, [language])
  useEffect(() => {
    document.addEventListener('click', followLinks)
    return () => document.removeEventListener('click', followLinks)
  }, [])
  if (held === null) return <LogIn />
  return <Shell path={path}>{page(path, query)}</Shell>
}

function page(path: string, query: URLSearchParams) {
  if (path === '/' || path === '/websites') return <Websites query={query} />
  const [, id] = /^\/websites\/([^/]+)$/.exec(path) ?? []
  if (id !== undefined) return <WebsitePage key={id} id={id} query={query} />
  return <NotFound />
}
