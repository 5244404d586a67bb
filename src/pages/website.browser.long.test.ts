import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, inject, it, vi } from 'vitest'
import { findPageFaults } from '../testing/browser/look-at-page.js'
import { describeInBrowser, openBrowser } from '../testing/browser/open-browser.js'
import { openDashboard } from '../testing/browser/open-page.js'
import { addOwner, addWebsites } from '../testing/browser/owners.js'
import { startWatchedHub, type WatchedHub } from '../testing/browser/start-watched-hub.js'
import { PATIENCE_MS, requireBuild } from '../testing/cli/run-program.js'

const HOSTILE = '<img src=x onerror=alert(1)> "><script>alert(2)</script> ' + 'W'.repeat(100)

describeInBrowser("a website's page, in a browser", () => {
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

  async function inPage(path: string, test: (page: Page) => Promise<void>) {
    const { hub } = world
    const opened = await openDashboard(browser, { url: hub.url, ownerToken: hub.ownerToken }, path)
    await test(opened.page)
    expect([opened.faults, opened.networkFaults]).toEqual([[], []])
    await opened.close()
  }

  const add = async (name: string, path: string): Promise<string> => {
    const [id = ''] = await addWebsites(world.hub, world.hub.ownerToken, [{ name, url: `${world.site}${path}` }])
    return id
  }

  it('tells live of its first verdict, which a row of the list leads to', async () => {
    await add('shop', '/good?shop')
    await inPage('/websites', async (page) => {
      await page.getByRole('link', { name: 'shop', exact: true }).click()
      await page.getByRole('heading', { name: 'shop', level: 1 }).waitFor()
      await page
        .getByText(/^Good at .*, seen by 1 of 1 network/)
        .first()
        .waitFor()
      await page.getByRole('table').first().waitFor()
      expect(await findPageFaults(page)).toEqual([])
      await page.goBack()
      await page.getByRole('heading', { name: 'Websites', exact: true }).waitFor()
    })
  })

  it('tells of an incident, and shows hostile names and notes as they are written', async () => {
    const id = await add(HOSTILE, '/bad')
    const { hub } = world
    const openIncidents = async () => (await hub.parts.store.prisma.incident.findFirst())?.id ?? null
    await expect.poll(openIncidents, { timeout: PATIENCE_MS / 2 }).not.toBeNull()
    const { errors } = await hub.post(
      'mutation ($input: AddIncidentNoteInput!) { addIncidentNote(input: $input) { __typename } }',
      { token: hub.ownerToken, variables: { input: { id: await openIncidents(), note: `${HOSTILE}\nשלום` } } },
    )
    expect(errors).toBeUndefined()
    await inPage(`/websites/${id}`, async (page) => {
      await page
        .getByText(/^Bad since /)
        .first()
        .waitFor()
      expect(await page.getByRole('heading', { level: 1 }).textContent()).toBe(HOSTILE)
      expect(await findPageFaults(page)).toEqual([])
    })
  })

  it.each(['no-id', '01a20438-7ed8-7469-8742-536c82eb9af1', '%E0%A4%A'])('is none for %s', (id) =>
    inPage(`/websites/${id}`, async (page) => {
      await page.getByRole('heading', { name: 'Not found' }).waitFor()
      expect(await findPageFaults(page)).toEqual([])
    }),
  )

  it('of another owner looks as one that is not there', async () => {
    const token = await addOwner(world.hub, 'ben@example.com')
    const [id = ''] = await addWebsites(world.hub, token, [{ name: 'secret shop', url: `${world.site}/` }])
    await inPage(`/websites/${id}`, async (page) => {
      await page.getByRole('heading', { name: 'Not found' }).waitFor()
      expect(await page.locator('body').innerText()).not.toContain('secret shop')
    })
  })

  it('nothing of this was a fault of the hub', () => {
    expect(world.hub.errors).toEqual([])
  })
})
