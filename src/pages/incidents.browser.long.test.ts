import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, inject, it, vi } from 'vitest'
import { findPageFaults } from '../testing/browser/look-at-page.js'
import { describeInBrowser, openBrowser } from '../testing/browser/open-browser.js'
import { openDashboard } from '../testing/browser/open-page.js'
import { addOwner, addWebsites } from '../testing/browser/owners.js'
import { startWatchedHub, type WatchedHub } from '../testing/browser/start-watched-hub.js'
import { PATIENCE_MS, requireBuild } from '../testing/cli/run-program.js'

const HOSTILE = '<img src=x onerror=alert(1)> שלום'

describeInBrowser('the pages of incidents, in a browser', () => {
  vi.setConfig({ testTimeout: PATIENCE_MS, hookTimeout: PATIENCE_MS })
  let world: WatchedHub
  let browser: Browser
  beforeAll(async () => {
    await requireBuild()
    world = await startWatchedHub(inject('template'))
    browser = await openBrowser()
  })
  afterAll(async () => {
    await browser.close()
    await world.close()
  })

  async function inPage(path: string, test: (page: Page) => Promise<void>, token = world.hub.ownerToken) {
    const opened = await openDashboard(browser, { url: world.hub.url, ownerToken: token }, path)
    await test(opened.page)
    expect([opened.faults, opened.networkFaults]).toEqual([[], []])
    await opened.close()
  }

  const findIncident = () => world.hub.parts.store.prisma.incident.findFirst()

  it('an incident appears in the list as it opens, and is counted beside the way there', () =>
    inPage('/incidents', async (page) => {
      await page.getByRole('heading', { name: 'No incidents so far' }).waitFor()
      expect(await findPageFaults(page)).toEqual([])
      await addWebsites(world.hub, world.hub.ownerToken, [{ name: HOSTILE, url: `${world.site}/bad` }])
      await page.getByRole('link', { name: /^Incident / }).waitFor()
      await page.getByRole('link', { name: 'Incidents 1' }).waitFor()
      await page.getByRole('cell', { name: '1 of 1 validator' }).waitFor()
      await page.getByRole('cell', { name: 'unexpected HTTP status' }).waitFor()
      expect(await findPageFaults(page)).toEqual([])
    }))

  it('is acknowledged and noted by keyboard, and leads to its round', () =>
    inPage('/incidents', async (page) => {
      await page.getByRole('link', { name: /^Incident / }).press('Enter')
      await page.getByRole('heading', { name: `Incident of ${HOSTILE}` }).waitFor()
      await page.getByText('Opened: enough Bad verdicts in a row.').waitFor()
      await page.getByRole('rowheader', { name: 'oak eu-north' }).waitFor()
      expect(await findPageFaults(page)).toEqual([])
      await page.getByRole('button', { name: 'Acknowledge' }).press('Enter')
      await page.locator(':focus', { hasText: 'Acknowledged' }).waitFor()
      await page.getByText('You acknowledged it.').waitFor()
      const note = page.getByRole('textbox', { name: 'Note' })
      await note.press('Tab')
      await page.keyboard.press('Enter')
      await page.locator('textarea[aria-invalid="true"]:focus').waitFor()
      await page.keyboard.type(HOSTILE)
      await page.keyboard.press('Tab')
      await page.keyboard.press('Enter')
      await page.locator('.note-text', { hasText: HOSTILE }).waitFor()
      expect(await note.inputValue()).toBe('')
      expect(await findPageFaults(page)).toEqual([])
      expect((await findIncident())?.acknowledgedAt).toBeInstanceOf(Date)
      await page.getByRole('link', { name: /^Round of / }).press('Enter')
      await page.getByRole('heading', { name: /^Round of / }).waitFor()
    }))

  it('is found by state, website and day, which the address keeps', () =>
    inPage('/incidents?state=CLOSED', async (page) => {
      await page.getByRole('heading', { name: 'None matches' }).waitFor()
      await page.getByLabel('State').selectOption('OPEN')
      await page.getByRole('link', { name: /^Incident / }).waitFor()
      await page.getByLabel('Website').selectOption(HOSTILE)
      await page.getByLabel('Until', { exact: true }).fill('2020-01-01')
      await page.getByRole('heading', { name: 'None matches' }).waitFor()
      expect(new URL(page.url()).search).toMatch(/^\?state=OPEN&website=[\w-]+&to=2020-01-01$/)
      await page.getByLabel('From', { exact: true }).fill('2020-01-02')
      await page.getByRole('alert').waitFor()
      expect(await findPageFaults(page)).toEqual([])
      await page.getByLabel('Until', { exact: true }).fill('')
      await page.getByRole('link', { name: /^Incident / }).waitFor()
    }))

  it.each(['no-id', '01a20438-7ed8-7469-8742-536c82eb9af1', '%E0%A4%A'])('there is none at %s', (id) =>
    inPage(`/incidents/${id}`, async (page) => {
      await page.getByRole('heading', { name: 'Not found' }).waitFor()
      expect(await findPageFaults(page)).toEqual([])
    }),
  )

  it('of another owner looks as one that is not there', async () => {
    const token = await addOwner(world.hub, 'ben@example.com')
    const id = (await findIncident())?.id ?? ''
    const look = async (page: Page) => {
      await page.getByRole('heading', { name: 'Not found' }).waitFor()
      expect(await page.locator('body').innerText()).not.toContain(HOSTILE)
    }
    await inPage(`/incidents/${id}`, look, token)
  })

  it.each(['/incidents', '/incidents/01a20438-7ed8-7469-8742-536c82eb9af1'])(
    '%s says that the hub does not answer, and asks it again',
    (path) =>
      inPage('/log-in', async (page) => {
        const answer = { status: 200, contentType: 'application/json' }
        const body = JSON.stringify({ errors: [{ message: 'away', extensions: { code: 'UNAVAILABLE' } }] })
        await page.route('**/graphql', (route) => route.fulfill({ ...answer, body }))
        await page.goto(path)
        await page.getByText('The hub cannot answer now.').waitFor()
        expect(await findPageFaults(page)).toEqual([])
        await page.unroute('**/graphql')
        await page.getByRole('heading', { name: path === '/incidents' ? 'Incidents' : 'Not found' }).waitFor()
        await page.getByRole('alert').waitFor({ state: 'detached' })
      }),
  )

  it('nothing of this was a fault of the hub', () => {
    expect(world.hub.errors).toEqual([])
  })
})
