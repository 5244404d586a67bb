import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, inject, it, vi } from 'vitest'
import { findPageFaults } from '../testing/browser/look-at-page.js'
import { describeInBrowser, openBrowser } from '../testing/browser/open-browser.js'
import { openDashboard } from '../testing/browser/open-page.js'
import { addOwner, addWebsites, type NewWebsite } from '../testing/browser/owners.js'
import { startWatchedHub, type WatchedHub } from '../testing/browser/start-watched-hub.js'
import { PATIENCE_MS, requireBuild } from '../testing/cli/run-program.js'

describeInBrowser('the page of websites, in a browser', () => {
  let world: WatchedHub
  let browser: Browser
  vi.setConfig({ testTimeout: PATIENCE_MS, hookTimeout: PATIENCE_MS })
  beforeAll(async () => {
    await requireBuild()
    world = await startWatchedHub(inject('template'))
    browser = await openBrowser()
  })
  afterAll(async () => {
    await browser.close()
    await world.close()
  })

  let owners = 0
  /** As an owner of the test's own, in a profile of its own; nothing may go wrong in it. */
  async function inPage(websites: readonly NewWebsite[], test: (page: Page, token: string) => Promise<void>) {
    owners += 1
    const { hub } = world
    const ownerToken = await addOwner(hub, `owner${owners}@example.com`)
    if (websites.length > 0) await addWebsites(hub, ownerToken, websites)
    const opened = await openDashboard(browser, { url: hub.url, ownerToken })
    await test(opened.page, ownerToken)
    expect([opened.faults, opened.networkFaults]).toEqual([[], []])
    await opened.close()
  }

  const row = (page: Page, name: string) => page.locator('.row', { has: page.getByRole('link', { name, exact: true }) })
  const names = (page: Page) => page.locator('.row-link').allInnerTexts()
  const off = (name: string, tags: string[] = []): NewWebsite => ({
    name,
    url: `${world.site}/${name}`,
    tags,
    enabled: false,
  })

  it('shows a newcomer what to do, and a pasted URL being checked until its first verdict, without reloading', () =>
    inPage([], async (page) => {
      await page.getByRole('heading', { name: 'No websites yet' }).waitFor()
      expect(await findPageFaults(page)).toEqual([])
      await page.keyboard.press('n')
      const field = page.getByLabel('URLs, one a line')
      await expect.poll(() => field.evaluate((one) => one.matches(':focus'))).toBe(true)
      expect(await findPageFaults(page)).toEqual([])
      await field.fill(`${world.site}/good`)
      await page.getByRole('button', { name: 'Add', exact: true }).click()
      const added = row(page, `${world.site.slice('http://'.length)}/good`)
      await added.getByRole('timer').waitFor()
      expect(await added.getByRole('timer').innerText()).toMatch(
        /^(Next round in \d s|Being checked, closes in \d s|Being decided|Next round is due)$/,
      )
      await added.getByText('Good', { exact: true }).waitFor()
      expect(await added.getByRole('timer').count()).toBe(0)
      expect(await findPageFaults(page)).toEqual([])
    }))

  it('adds many at once; those that are refused stay, each with its reason', () =>
    inPage([], async (page) => {
      await page.getByRole('button', { name: 'Add websites' }).click()
      const field = page.getByLabel('URLs, one a line')
      const refused = ['ftp://files.example/', 'http://user:secret@shop.example/']
      await field.fill([`${world.site}/good`, refused[0], `${world.site}/bad`, refused[1]].join('\n'))
      await page.getByRole('button', { name: 'Add', exact: true }).click()
      await expect.poll(() => field.inputValue()).toBe(refused.join('\n'))
      const reasons = await page.getByRole('alert').getByRole('listitem').allInnerTexts()
      expect(reasons).toEqual(refused.map((url) => expect.stringMatching(new RegExp(`^${url}: .+`))))
      expect(await findPageFaults(page)).toEqual([])
      const host = world.site.slice('http://'.length)
      await row(page, `${host}/bad`).getByText('Bad', { exact: true }).waitFor()
      await page.keyboard.press('Escape')
      await field.waitFor({ state: 'detached' })
      expect(await names(page)).toEqual([`${host}/bad`, `${host}/good`])
      await page.getByText('2 websites, 1 bad').waitFor()
      expect(await findPageFaults(page)).toEqual([])
    }))

  it('is searched, filtered and sorted, which its address says', () =>
    inPage([off('zebra', ['eu']), off('apple', ['eu', 'shop']), off('mango', ['shop'])], async (page) => {
      await expect.poll(() => names(page)).toEqual(['apple', 'mango', 'zebra'])
      await page.getByLabel('Order').selectOption('Oldest first')
      await expect.poll(() => names(page)).toEqual(['zebra', 'apple', 'mango'])
      await page.getByRole('combobox', { name: 'Tag' }).selectOption('shop')
      await expect.poll(() => names(page)).toEqual(['apple', 'mango'])
      await page.getByLabel('Search').fill('MANG')
      await expect.poll(() => names(page)).toEqual(['mango'])
      await expect.poll(() => new URL(page.url()).search).toBe('?q=MANG&tag=shop&order=CREATED_AT')
      await page.reload()
      await expect.poll(() => names(page)).toEqual(['mango'])
      expect(await page.getByLabel('Search').inputValue()).toBe('MANG')
      await page.getByLabel('Search').fill('nothing like it')
      await page.getByRole('heading', { name: 'None matches' }).waitFor()
      expect(await findPageFaults(page)).toEqual([])
      await page.getByRole('navigation').getByRole('link', { name: 'Websites' }).click()
      await expect.poll(() => names(page)).toEqual(['apple', 'mango', 'zebra'])
      await row(page, 'zebra').getByRole('link', { name: 'eu' }).click()
      await expect.poll(() => names(page)).toEqual(['apple', 'zebra'])
      await page.goBack()
      await expect.poll(() => names(page)).toEqual(['apple', 'mango', 'zebra'])
      await page.goto('/websites?state=GOOD')
      await page.getByRole('heading', { name: 'None matches' }).waitFor()
    }))

  const focused = (page: Page) => page.locator(':focus').first()

  it('is used by keys alone', () =>
    inPage([off('apple'), off('mango')], async (page) => {
      await row(page, 'mango').waitFor()
      await page.keyboard.press('j')
      expect(await focused(page).innerText()).toBe('apple')
      await page.keyboard.press('j')
      await page.keyboard.press('j')
      expect(await focused(page).innerText()).toBe('mango')
      await page.keyboard.press('k')
      expect(await focused(page).innerText()).toBe('apple')
      await page.keyboard.press('/')
      expect(await focused(page).getAttribute('id')).toBe('search')
      await page.keyboard.type('njk/')
      expect(await page.getByLabel('Search').inputValue()).toBe('njk/')
      expect(await page.getByLabel('URLs, one a line').count()).toBe(0)
      await page.getByLabel('Search').fill('')
      await row(page, 'mango').waitFor()
      await page.reload()
      await row(page, 'mango').waitFor()
      const order: string[] = []
      for (let step = 0; step < 17; step += 1) {
        await page.keyboard.press('Tab')
        const name = await focused(page).evaluate((one) => one.getAttribute('aria-label') ?? one.textContent)
        order.push(name?.trim() ?? '')
      }
      expect(order.map((name) => name.slice(0, 16))).toEqual([
        'Skip to the cont',
        'Overlaps',
        'Websites',
        'Incidents',
        'Notifications',
        'Account',
        'GraphiQL',
        'EnglishDeutsch',
        'Log out',
        'Add websites',
        '',
        expect.stringMatching(/^All/),
        expect.stringMatching(/^All/),
        expect.stringMatching(/^By name/),
        'Choose apple',
        'apple',
        'Choose mango',
      ])
      await page.keyboard.press('Tab')
      await page.keyboard.press('Enter')
      await expect.poll(() => new URL(page.url()).pathname).toMatch(/^\/websites\/[\w-]+$/)
    }))

  it('changes several at once: off, tagged, deleted', () =>
    inPage(
      [{ ...off('apple'), enabled: true }, { ...off('mango'), enabled: true }, off('zebra')],
      async (page, token) => {
        for (const name of ['apple', 'mango']) await page.getByLabel(`Choose ${name}`).check()
        const chosen = page.getByRole('region', { name: '2 chosen' })
        await chosen.waitFor()
        expect(await findPageFaults(page)).toEqual([])
        await chosen.getByRole('button', { name: 'Disable' }).click()
        await chosen.waitFor({ state: 'detached' })
        await row(page, 'apple').getByText('Disabled', { exact: true }).waitFor()
        await row(page, 'mango').getByText('Disabled', { exact: true }).waitFor()
        for (const name of ['apple', 'zebra']) await page.getByLabel(`Choose ${name}`).check()
        await chosen.getByLabel('Tag').fill('Fruit')
        await chosen.getByLabel('Tag').press('Enter')
        await row(page, 'zebra').getByRole('link', { name: 'fruit' }).waitFor()
        expect(await row(page, 'mango').getByRole('link', { name: 'fruit' }).count()).toBe(0)
        for (const name of ['apple', 'mango']) await page.getByLabel(`Choose ${name}`).check()
        await chosen.getByRole('button', { name: 'Delete' }).click()
        expect(await findPageFaults(page)).toEqual([])
        await chosen.getByRole('button', { name: 'Cancel' }).click()
        await chosen.getByRole('button', { name: 'Delete' }).click()
        await chosen.getByRole('button', { name: 'Delete 2 websites for good' }).click()
        await expect.poll(() => names(page)).toEqual(['zebra'])
        expect(await world.hub.post('{ websites { totalCount } }', { token })).toMatchObject({
          data: { websites: { totalCount: 1 } },
        })
      },
    ))

  it('shows what happens elsewhere', () =>
    inPage([off('apple')], async (page, token) => {
      await expect.poll(() => names(page)).toEqual(['apple'])
      await addWebsites(world.hub, token, [off('mango')])
      await expect.poll(() => names(page)).toEqual(['apple', 'mango'])
    }))

  it('nothing of this was a fault of the hub', () => {
    expect(world.hub.errors).toEqual([])
  })
})
