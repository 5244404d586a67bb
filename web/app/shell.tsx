import type { ComponentChildren } from 'preact'
import { LivenessNote } from '../parts/liveness-note'
import { useTexts } from '../texts/use-texts'
import { LanguageChoice } from './language-choice'
import { logOut } from './log-out'
import { useOpenIncidents } from './use-open-incidents'
import './shell.css'

/** What is around every page: where one is, whether it is live, and the way out. */
export function Shell({ path, children }: { path: string; children: ComponentChildren }) {
  const { t } = useTexts()
  const openCount = useOpenIncidents()
  const isWebsites = path === '/' || path === '/log-in' || path.startsWith('/websites')
  return (
    <>
      <a class="skip" href="#content">
        {t.shell.skip}
      </a>
      <header class="top">
        <a class="name" href="/">
          Overlaps
        </a>
        <nav aria-label={t.shell.pages}>
          <a href="/websites" aria-current={isWebsites ? 'page' : undefined}>
            {t.shell.websites}
          </a>
          <a href="/incidents" aria-current={path.startsWith('/incidents') ? 'page' : undefined}>
            {t.incidents.title}
            {openCount > 0 && (
              <>
                {' '}
                <span class="count" title={t.incidents.openCount(openCount)}>
                  {openCount}
                </span>
              </>
            )}
          </a>
          <a href="/notifications" aria-current={path.startsWith('/notifications') ? 'page' : undefined}>
            {t.shell.notifications}
          </a>
          <a href="/account" aria-current={path === '/account' ? 'page' : undefined}>
            {t.shell.account}
          </a>
          <a href="/graphql">{t.shell.graphiql}</a>
        </nav>
        <LivenessNote />
        <LanguageChoice />
        <button type="button" onClick={logOut}>
          {t.shell.logOut}
        </button>
      </header>
      <main id="content" tabIndex={-1}>
        {children}
      </main>
    </>
  )
}
