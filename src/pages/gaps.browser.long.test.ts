import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, inject, it, vi } from 'vitest'
import { findPageFaults } from '../testing/browser/look-at-page.js'
import { describeInBrowser, openBrowser } from '../testing/browser/open-browser.js'
import { openDashboard } from '../testing/browser/open-page.js'
import { addWebsites } from '../testing/browser/owners.js'
import { PATIENCE_MS, requireBuild } from '../testing/cli/run-program.js'
import { breakable, keptOpen } from '../testing/store-wrappers.js'
import { startTestHub } from '../testing/test-hub.js'
import { openTestStore } from '../testing/test-store.js'
import { WIDE_RATES } from '../testing/unlimited-rates.js'

const WEBSITE = { name: 'shop', url: 'http://127.0.0.1:9/', enabled: false }

describeInBrowser('what keeps the hub from answering, in a browser', () => {
  let browser: Browser
  vi.setConfig({ testTimeout: PATIENCE_MS, hookTimeout: PATIENCE_MS })
  beforeAll(async () => {
    await requireBuild()
    browser = await openBrowser()
  })
  afterAll(() => browser.close())

  it('a hub that goes and comes back: since when it is not live, then live again and the newest state', async () => {
    const store = await openTestStore(inject('template'))
    const first = await startTestHub(inject('template'), { overrides: { store: keptOpen(store) } })
    const { ownerToken } = first
    const [id = ''] = await addWebsites(first, ownerToken, [WEBSITE])
    const { page, faults, close } = await openDashboard(browser, first)
    const liveness = page.getByRole('status').first()
    await page.getByText('Live', { exact: true }).waitFor()
    await first.close()
    await page.getByText(/^Not live since \d\d:\d\d, retrying$/).waitFor()
    expect(await page.locator('.row-link').allInnerTexts()).toEqual(['shop'])
    expect(await findPageFaults(page)).toEqual([])
    const again = await startTestHub(inject('template'), {
      overrides: { store },
      settings: { port: Number(new URL(first.url).port) },
    })
    await again.post(`mutation { updateWebsite(input: { id: "${id}", name: "shop, renamed" }) { __typename } }`, {
      token: ownerToken,
    })
    await expect.poll(() => liveness.innerText(), { timeout: 30_000 }).toBe('Live')
    await page.getByRole('link', { name: 'shop, renamed' }).waitFor()
    expect(faults).toEqual([])
    await close()
    await again.close()
  })

  it('a rate that is used up', async () => {
    const hub = await startTestHub(inject('template'), { settings: { rates: { ...WIDE_RATES, ACCOUNT_COST: 100 } } })
    const { page, faults, close } = await openDashboard(browser, hub)
    await page.getByText('The hub cannot answer now. It is asked again.').waitFor()
    expect(await findPageFaults(page)).toEqual([])
    expect(faults).toEqual([])
    await close()
    await hub.close()
  })

  it('a broken part of the hub, and asking again when it works', async () => {
    const store = breakable(await openTestStore(inject('template')))
    const hub = await startTestHub(inject('template'), { overrides: { store } })
    await addWebsites(hub, hub.ownerToken, [WEBSITE])
    const { page, faults, close } = await openDashboard(browser, hub, '/nothing')
    await page.goto('/websites')
    await page.getByRole('link', { name: 'shop' }).waitFor()
    store.away = true
    await page.getByLabel('Search').fill('sho')
    await page.getByText(/^The hub failed to answer\. /).waitFor()
    expect(await findPageFaults(page)).toEqual([])
    store.away = false
    await page.getByRole('button', { name: 'Ask again' }).click()
    await page.getByRole('alert').waitFor({ state: 'detached' })
    await page.getByRole('link', { name: 'shop' }).waitFor()
    expect(faults).toEqual([])
    await close()
    await hub.close()
  })

  it('a session that has ended', async () => {
    const hub = await startTestHub(inject('template'))
    const { page, faults, close } = await openDashboard(browser, hub)
    await page.getByRole('heading', { name: 'No websites yet' }).waitFor()
    await hub.post('mutation { revokeOwnerTokens(input: { email: "owner@localhost" }) { __typename } }', {
      token: hub.operatorToken,
    })
    await page.reload()
    await page.getByLabel('Owner token', { exact: true }).waitFor()
    expect(faults).toEqual([])
    expect(hub.errors).toEqual([])
    await close()
    await hub.close()
  })

  it('a page that there is not', async () => {
    const hub = await startTestHub(inject('template'))
    const { page, faults, close } = await openDashboard(browser, hub, '/websites/no/such')
    await page.getByRole('heading', { name: 'Not found' }).waitFor()
    expect(await findPageFaults(page)).toEqual([])
    await page.getByRole('link', { name: 'To your websites' }).click()
    await page.getByRole('heading', { name: 'No websites yet' }).waitFor()
    expect(faults).toEqual([])
    await close()
    await hub.close()
  })
})
