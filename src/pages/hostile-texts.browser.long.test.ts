import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, inject, it, vi } from 'vitest'
import { findPageFaults } from '../testing/browser/look-at-page.js'
import { describeInBrowser, openBrowser } from '../testing/browser/open-browser.js'
import { openDashboard } from '../testing/browser/open-page.js'
import { addWebsites } from '../testing/browser/owners.js'
import { PATIENCE_MS, requireBuild } from '../testing/cli/run-program.js'
import { startTestHub, type TestHub } from '../testing/test-hub.js'

const TEXTS = [
  '<img src=x onerror=alert(1)>',
  '<script>alert(1)</script>',
  '"><svg/onload=alert(1)>',
  "';alert(1)//",
  '{{constructor.constructor("alert(1)")()}}',
  'javascript:alert(1)',
  '&lt;b&gt;&amp;',
  'متجر الكتب',
  'שלום <b>עולם</b>',
  '🧑‍🚀'.repeat(20),
  'W'.repeat(200),
  'two  spaces',
]

describeInBrowser('texts that anybody wrote, in a browser', () => {
  let hub: TestHub
  let browser: Browser
  vi.setConfig({ testTimeout: PATIENCE_MS, hookTimeout: PATIENCE_MS })
  beforeAll(async () => {
    await requireBuild()
    hub = await startTestHub(inject('template'))
    browser = await openBrowser()
  })
  afterAll(async () => {
    await browser.close()
    await hub.close()
  })

  it('are shown as they are, run nothing, and keep the page in its place', async () => {
    const websites = TEXTS.map((name, index) => ({
      name,
      url:
        `http://127.0.0.1:9/${index}?${encodeURIComponent(name)}#`.slice(0, -1) + (index === 0 ? 'x'.repeat(1900) : ''),
      tags: [name.slice(0, 50)],
    }))
    await addWebsites(hub, hub.ownerToken, websites)
    const { page, faults, networkFaults, close } = await openDashboard(browser, hub)
    await expect.poll(() => page.locator('.row-link').count()).toBe(TEXTS.length)
    const shown = await page.locator('.row-link').allTextContents()
    expect(shown.toSorted()).toEqual(TEXTS.toSorted())
    expect(await findPageFaults(page)).toEqual([])
    const [script] = await page.locator('a[href*="javascript" i]').all()
    expect(await script?.getAttribute('href')).toMatch(/^\/websites/)
    expect([faults, networkFaults]).toEqual([[], []])
    await close()
  })

  it.each([
    '/websites?q=<script>alert(1)</script>&tag="><svg/onload=alert(1)>&state=<b>&order=__proto__',
    '/websites/%3Cimg%20src=x%20onerror=alert(1)%3E',
    '/websites/%E0%A4%A',
    '/log-in?x=<script>alert(1)</script>#<script>alert(1)</script>',
  ])('in the address run nothing: %s', async (path) => {
    const { page, faults, close } = await openDashboard(browser, hub, path)
    await page.getByRole('button', { name: 'Log out' }).waitFor()
    await page.getByRole('heading').first().waitFor()
    expect(await findPageFaults(page)).toEqual([])
    expect(faults).toEqual([])
    await close()
  })

  it('nothing of this was a fault of the hub', () => {
    expect(hub.errors).toEqual([])
  })
})
