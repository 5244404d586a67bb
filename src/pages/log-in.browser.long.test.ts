import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, inject, it, vi } from 'vitest'
import { describeInBrowser, openBrowser } from '../testing/browser/open-browser.js'
import { findPageFaults } from '../testing/browser/look-at-page.js'
import { openPage, type WatchedPage } from '../testing/browser/open-page.js'
import { PATIENCE_MS, requireBuild } from '../testing/cli/run-program.js'
import { startTestHub, type TestHub } from '../testing/test-hub.js'
import { signUp } from '../testing/test-validator.js'
import { MINUTE_MS } from '../time.js'

const EMAIL = 'ada@example.com'
const PASSWORD = 'correct horse battery'

describeInBrowser('logging in, in a browser', () => {
  let hub: TestHub
  let browser: Browser
  vi.setConfig({ testTimeout: PATIENCE_MS, hookTimeout: PATIENCE_MS })
  beforeAll(async () => {
    await requireBuild()
    hub = await startTestHub(inject('template'), { settings: { registration: 'open' } })
    await hub.post(`mutation { register(input: { email: "${EMAIL}", password: "${PASSWORD}" }) { __typename } }`)
    browser = await openBrowser()
  })
  afterAll(async () => {
    await browser.close()
    await hub.close()
  })

  /** In a profile of its own; nothing may go wrong in it. */
  async function inPage(test: (opened: WatchedPage) => Promise<void>) {
    const opened = await openPage(browser, hub.url)
    await test(opened)
    expect(opened.faults).toEqual([])
    await opened.close()
  }

  const shows = ({ page }: WatchedPage, text: string | RegExp) => page.getByText(text).first().waitFor()
  const alert = async ({ page }: WatchedPage) => page.getByRole('alert').innerText()
  const isIn = ({ page }: WatchedPage) => page.getByRole('heading', { name: 'Websites', exact: true }).waitFor()
  const isOut = ({ page }: WatchedPage) => page.getByLabel('Owner token', { exact: true }).waitFor()
  const sessions = () => hub.parts.store.prisma.apiToken.count({ where: { kind: 'SESSION', revokedAt: null } })

  async function makeLink(): Promise<string> {
    const { data } = await hub.post<{ createLogInLink: { url: string } }>(
      `mutation { createLogInLink(input: { email: "${EMAIL}" }) { ... on CreateLogInLinkSuccess { url } } }`,
      { token: hub.operatorToken },
    )
    return data?.createLogInLink.url.replace('localhost', '127.0.0.1') ?? ''
  }

  it('by a token: a wrong one and a validator’s stay in the field with the reason, the right one opens', () =>
    inPage(async (opened) => {
      const { page } = opened
      const { sessionToken } = await signUp(hub)
      await page.goto('/')
      const field = page.getByLabel('Owner token', { exact: true })
      expect(await findPageFaults(page)).toEqual([])
      for (const [token, reason] of [
        [`ovo_${'x'.repeat(43)}`, 'The hub does not know this token.'],
        ['nonsense', 'The hub does not know this token.'],
        [sessionToken, 'This token is not an owner’s.'],
      ] as const) {
        await field.fill(token)
        await field.press('Enter')
        await shows(opened, reason)
        expect(await alert(opened)).toBe(reason)
        expect(await field.inputValue()).toBe(token)
        expect(await findPageFaults(page)).toEqual([])
      }
      await field.fill(` ${hub.ownerToken} `)
      await field.press('Enter')
      await isIn(opened)
      await page.reload()
      await isIn(opened)
      await page.getByRole('button', { name: 'Log out' }).click()
      await isOut(opened)
      // An API token is not the tab's to end.
      expect(await hub.post('{ viewer { __typename } }', { token: hub.ownerToken })).toMatchObject({
        data: { viewer: { __typename: 'User' } },
      })
      await page.reload()
      await isOut(opened)
    }))

  it('by e-mail and password, and out again, which ends the session', () =>
    inPage(async (opened) => {
      const { page } = opened
      await page.goto('/log-in')
      await page.getByLabel('E-mail', { exact: true }).fill(EMAIL)
      await page.getByLabel('Password', { exact: true }).fill('wrong horse battery')
      await page.getByLabel('Password', { exact: true }).press('Enter')
      await shows(opened, /No owner has this email address/)
      expect(await page.getByLabel('E-mail', { exact: true }).inputValue()).toBe(EMAIL)
      await page.getByLabel('Password', { exact: true }).fill(PASSWORD)
      await page.getByLabel('Password', { exact: true }).press('Enter')
      await isIn(opened)
      const before = await sessions()
      await page.getByRole('button', { name: 'Log out' }).click()
      await isOut(opened)
      await expect.poll(sessions).toBe(before - 1)
    }))

  it('by a link: once, and its code is nowhere afterwards', () =>
    inPage(async (opened) => {
      const { page } = opened
      const link = await makeLink()
      await page.goto(link)
      await isIn(opened)
      expect(new URL(page.url()).pathname + new URL(page.url()).hash).toBe('/websites')
      await page.goBack()
      expect(page.url()).not.toContain('ovc_')
      await inPage(async (other) => {
        await other.page.goto(link)
        await shows(other, 'This link has been used. Each works once.')
        await shows(other, 'overlaps owner link <email> prints another link.')
        expect(other.page.url()).toBe(`${hub.url}/log-in`)
        expect(await findPageFaults(other.page)).toEqual([])
        await other.page.getByRole('button', { name: 'Log in another way' }).click()
        await isOut(other)
      })
    }))

  it('by a link that is too old, or none', () =>
    inPage(async (opened) => {
      const { page } = opened
      const link = await makeLink()
      hub.clock.advance(10 * MINUTE_MS)
      await page.goto(link)
      await shows(opened, 'This link has expired. Each works for 10 minutes.')
      await page.getByRole('button', { name: 'Log in another way' }).click()
      // Where the page is already, only its fragment changes.
      await page.goto('/log-in#code=guessed')
      await shows(opened, 'The hub does not know this link. Is it whole?')
      expect(page.url()).toBe(`${hub.url}/log-in`)
    }))

  it('by a link while logged in: only when somebody says so', () =>
    inPage(async (opened) => {
      const { page } = opened
      await page.goto(await makeLink())
      await isIn(opened)
      const next = await makeLink()
      await page.goto(next)
      await shows(opened, 'You are logged in already. Use this link instead?')
      expect(await findPageFaults(page)).toEqual([])
      await page.getByRole('button', { name: 'Stay as I am' }).click()
      await isIn(opened)
      await page.goto('/websites')
      await page.goto(next)
      await page.getByRole('button', { name: 'Log in by this link' }).click()
      await isIn(opened)
      expect(
        await hub.parts.store.prisma.logInCode.count({
          where: { usedAt: null, expiresAt: { gt: new Date(hub.clock.now()) } },
        }),
      ).toBe(0)
    }))

  it('stays in the browser where that is ticked, else in the tab', () =>
    inPage(async (opened) => {
      const { page } = opened
      for (const isKept of [false, true]) {
        await page.goto('/log-in')
        if (isKept) await page.getByLabel('Stay logged in on this browser').check()
        await page.getByLabel('Owner token', { exact: true }).fill(hub.ownerToken)
        await page.getByLabel('Owner token', { exact: true }).press('Enter')
        await isIn(opened)
        const other = await page.context().newPage()
        await other.goto(`${hub.url}/`)
        await other.getByRole('main').waitFor()
        expect(await other.getByLabel('Owner token', { exact: true }).count()).toBe(isKept ? 0 : 1)
        await other.close()
        await page.getByRole('button', { name: 'Log out' }).click()
        await isOut(opened)
      }
    }))

  it('speaks German to those who want it', () =>
    inPage(async (opened) => {
      const { page } = opened
      await page.goto('/log-in')
      await page.getByLabel('Language').selectOption('de')
      await page.getByLabel('Besitzer-Token', { exact: true }).waitFor()
      await expect.poll(() => page.locator('html').getAttribute('lang')).toBe('de')
      expect(await findPageFaults(page)).toEqual([])
    }))

  it('nothing of this was a fault of the hub', () => {
    expect(hub.errors).toEqual([])
  })
})
