import axe from 'axe-core'
import type { Browser, Page } from 'playwright-core'

const PATIENCE_MS = 30_000

/** A tab in a profile of its own, and what went wrong in it: scripts, and what the Content-Security-Policy stopped. */
export interface WatchedPage {
  page: Page
  faults: string[]
  /** What the network or the hub refused; a test that provokes none leaves it empty. */
  networkFaults: string[]
  close(): Promise<void>
}

const NETWORK_FAULT = /^Failed to load resource|^WebSocket connection to/

export async function openPage(browser: Browser, baseURL: string): Promise<WatchedPage> {
  const context = await browser.newContext({
    baseURL,
    viewport: { width: 1440, height: 900 },
    locale: 'en-GB',
    timezoneId: 'UTC',
    reducedMotion: 'reduce',
  })
  // By the browser itself: the page's policy would refuse it.
  await context.addInitScript({ content: axe.source })
  const page = await context.newPage()
  page.setDefaultTimeout(PATIENCE_MS)
  const faults: string[] = []
  const networkFaults: string[] = []
  page.on('console', (message) => {
    if (message.type() !== 'error' && message.type() !== 'warning') return
    const text = message.text()
    if (NETWORK_FAULT.test(text)) networkFaults.push(text)
    else faults.push(text)
  })
  page.on('pageerror', (error) => faults.push(String(error)))
  page.on('dialog', (dialog) => {
    faults.push(`a dialog: ${dialog.message()}`)
    void dialog.dismiss()
  })
  return { page, faults, networkFaults, close: () => context.close() }
}

/** Logged in by a token that the tab keeps. */
export async function openDashboard(
  browser: Browser,
  { url, ownerToken }: { url: string; ownerToken: string },
  path = '/websites',
): Promise<WatchedPage> {
  const opened = await openPage(browser, url)
  await opened.page.goto('/log-in')
  await opened.page.evaluate(
    (token) =>
      (
        globalThis as unknown as { sessionStorage: { setItem(key: string, value: string): void } }
      ).sessionStorage.setItem('overlaps:token', token),
    ownerToken,
  )
  await opened.page.goto(path)
  return opened
}
