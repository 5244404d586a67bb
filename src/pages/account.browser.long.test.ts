import { createHmac } from 'node:crypto'
import { once } from 'node:events'
import { createServer, type IncomingHttpHeaders, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, inject, it, vi } from 'vitest'
import { systemClock } from '../clock.js'
import { findPageFaults } from '../testing/browser/look-at-page.js'
import { describeInBrowser, openBrowser } from '../testing/browser/open-browser.js'
import { openDashboard } from '../testing/browser/open-page.js'
import { addOwner, addWebsites } from '../testing/browser/owners.js'
import { PATIENCE_MS, requireBuild } from '../testing/cli/run-program.js'
import { startTestHub, type TestHub } from '../testing/test-hub.js'

interface BrowserWindow {
  location: { href: string }
  localStorage: object
  sessionStorage: object
}

interface Received {
  headers: IncomingHttpHeaders
  body: string
}

/** Keeps what comes; `/broken` answers 503 with hostile text. */
async function startReceiver() {
  const received: Received[] = []
  const answer = async (request: IncomingMessage, response: ServerResponse) => {
    received.push({ headers: request.headers, body: await text(request) })
    if (request.url === '/broken') response.writeHead(503).end('<img src=x onerror=alert(1)> out of order')
    else response.end('thanks')
  }
  const server = createServer((request, response) => void answer(request, response))
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return { received, server, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` }
}

/** As the page tells receivers to. */
function signaturesBy(secret: string, { headers, body }: Received): string {
  const key = Buffer.from(secret.replace('whsec_', ''), 'base64')
  const signed = `${String(headers['webhook-id'])}.${String(headers['webhook-timestamp'])}.${body}`
  return `v1,${createHmac('sha256', key).update(signed).digest('base64')}`
}

describeInBrowser('the pages of notifications and of the account, in a browser', () => {
  vi.setConfig({ testTimeout: PATIENCE_MS, hookTimeout: PATIENCE_MS })
  let hub: TestHub
  let browser: Browser
  let receiver: Awaited<ReturnType<typeof startReceiver>>
  beforeAll(async () => {
    await requireBuild()
    hub = await startTestHub(inject('template'), { overrides: { clock: systemClock } })
    receiver = await startReceiver()
    browser = await openBrowser()
  })
  afterAll(async () => {
    await browser.close()
    await hub.close()
    receiver.server.closeAllConnections()
    receiver.server.close()
  })

  let owners = 0
  /** As an owner of the test's own; nothing may go wrong in the page. */
  async function inPage(path: string, test: (page: Page, token: string) => Promise<void>) {
    owners += 1
    const ownerToken = await addOwner(hub, `owner${owners}@example.com`)
    const opened = await openDashboard(browser, { url: hub.url, ownerToken }, path)
    await test(opened.page, ownerToken)
    expect([opened.faults, opened.networkFaults]).toEqual([[], []])
    await opened.close()
  }

  const viewerBy = (token: string) => hub.post('{ viewer { __typename } }', { token })
  const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true })
  const isFocused = (page: Page, label: string) =>
    page.getByLabel(label, { exact: true }).evaluate((one) => one.matches(':focus'))

  /** What is kept beyond the page: addresses and storage. */
  const kept = (page: Page) =>
    page.evaluate(() => {
      const { location, localStorage, sessionStorage } = globalThis as unknown as BrowserWindow
      return JSON.stringify([location.href, { ...localStorage }, { ...sessionStorage }])
    })

  it('an API token is refused without a name, then created, used and revoked', () =>
    inPage('/account', async (page) => {
      await page.getByText('owner1@example.com').waitFor()
      expect(await findPageFaults(page)).toEqual([])
      await button(page, 'Create an API token').click()
      await page.getByLabel('Only for reading').check()
      await button(page, 'Create').click()
      await expect.poll(() => isFocused(page, 'Name')).toBe(true)
      expect(await page.getByLabel('Name', { exact: true }).getAttribute('aria-invalid')).toBe('true')
      expect(await page.getByLabel('Only for reading').isChecked()).toBe(true)
      expect(await findPageFaults(page)).toEqual([])
      await page.getByLabel('Name', { exact: true }).fill('<b>dash</b>')
      await button(page, 'Create').click()
      const token = await page.getByLabel('Token', { exact: true }).inputValue()
      expect(token).toMatch(/^ovo_/)
      expect((await viewerBy(token)).data).toEqual({ viewer: { __typename: 'User' } })
      expect(await kept(page)).not.toContain(token)
      expect(await findPageFaults(page)).toEqual([])
      await button(page, 'I have kept it').click()
      expect(await page.content()).not.toContain(token)
      await page.reload()
      const row = page.getByRole('row', { name: '<b>dash</b>' }).first()
      expect(await row.innerText()).toMatch(/Reading/)
      await row.getByRole('button').click()
      expect(await findPageFaults(page)).toEqual([])
      await page.getByRole('dialog').getByRole('button', { name: 'Revoke' }).click()
      await page.getByText('API token revoked').waitFor()
      await expect.poll(() => row.getByRole('button').count()).toBe(0)
      expect((await viewerBy(token)).errors?.[0]?.extensions?.['code']).toBe('UNAUTHENTICATED')
    }))

  it('a password is set, refused where it is wrong, and changed', () =>
    inPage('/account', async (page) => {
      await page.getByLabel('New password').fill('short')
      await button(page, 'Set a password').click()
      await expect.poll(() => isFocused(page, 'New password')).toBe(true)
      expect(await page.getByLabel('New password').inputValue()).toBe('short')
      await page.getByLabel('New password').fill('correct horse battery')
      await button(page, 'Set a password').click()
      await page.getByLabel('Current password').fill('wrong horse battery')
      await page.getByLabel('New password').fill('battery horse correct')
      await button(page, 'Change the password').click()
      await expect.poll(() => isFocused(page, 'Current password')).toBe(true)
      expect(await findPageFaults(page)).toEqual([])
      await page.getByLabel('Current password').fill('correct horse battery')
      await button(page, 'Change the password').click()
      await page.getByText('Every other log-in session has ended').waitFor()
      await expect.poll(() => page.getByLabel('New password').inputValue()).toBe('')
      await expect.poll(() => page.getByRole('rowheader', { name: 'Password changed' }).count()).toBe(2)
    }))

  it('the change log is paged, with addresses, in German too', () =>
    inPage('/account', async (page, token) => {
      await addWebsites(
        hub,
        token,
        Array.from({ length: 25 }, (_, index) => ({ name: `w${index}`, url: `${receiver.url}/${index}` })),
      )
      await page.reload()
      await page.getByRole('link', { name: 'Older' }).click()
      await page.getByText('Account created').waitFor()
      expect(new URL(page.url()).search).toMatch(/^\?after=/)
      expect(await findPageFaults(page)).toEqual([])
      await page.getByLabel('Language').selectOption('de')
      await page.getByText('Konto erstellt').waitFor()
      expect(await findPageFaults(page)).toEqual([])
      await page.goBack()
      await page.getByText('Website hinzugefügt, mit anderen').first().waitFor()
      await button(page, 'Abmelden').first().click()
      await page.getByRole('textbox', { name: 'Besitzer-Token' }).waitFor()
      expect(await kept(page)).not.toContain('ovo_')
    }))

  it('a webhook is refused at its field, then created, tested, replaced, turned off and deleted', () =>
    inPage('/notifications', async (page) => {
      await page.getByRole('heading', { name: 'No webhooks yet' }).waitFor()
      expect(await findPageFaults(page)).toEqual([])
      await button(page, 'Create a webhook').click()
      await page.getByLabel('URL').fill('ftp://hooks.example')
      await button(page, 'Create').click()
      await expect.poll(() => isFocused(page, 'URL')).toBe(true)
      expect(await page.getByLabel('URL').inputValue()).toBe('ftp://hooks.example')
      expect(await findPageFaults(page)).toEqual([])
      await page.getByLabel('URL').fill(`${receiver.url}/hook`)
      await button(page, 'Create').click()
      const first = await page.getByLabel('Secret').inputValue()
      await page.getByText('How to verify messages').click()
      expect(await findPageFaults(page)).toEqual([])
      expect(await kept(page)).not.toContain(first)
      await page.getByRole('link', { name: 'Open and test the webhook' }).click()

      await button(page, 'Test now').click()
      await page.getByRole('table', { name: 'What came of the test' }).getByText('thanks').waitFor()
      const [message] = receiver.received.splice(0)
      expect(message?.headers['webhook-signature']).toBe(message && signaturesBy(first, message))
      const log = page.getByRole('region', { name: 'Deliveries' })
      await log.getByText('Delivered').first().waitFor()
      await log.getByText('1 attempt').click()
      expect(await log.locator('pre').innerText()).toBe(message?.body)
      expect(await findPageFaults(page)).toEqual([])

      await button(page, 'Replace the secret …').click()
      await page.getByLabel('The current secret goes on signing').selectOption('For one hour')
      await button(page, 'Replace the secret').click()
      const second = await page.getByLabel('Secret', { exact: true }).inputValue()
      await page.getByText('Previous secret signs until').waitFor()
      await button(page, 'Test now').click()
      await expect.poll(() => receiver.received.length).toBe(1)
      const [both] = receiver.received.splice(0)
      expect(both?.headers['webhook-signature']).toBe(
        both && [second, first].map((secret) => signaturesBy(secret, both)).join(' '),
      )
      await button(page, 'I have kept it').click()
      expect(await page.content()).not.toContain(second)

      await button(page, 'Turn off').click()
      await page.getByText('Turned off. Messages that waited').waitFor()
      await button(page, 'Turn on').waitFor()
      await button(page, 'Test now').click()
      await page.getByText('This channel is turned off').waitFor()
      expect(receiver.received).toEqual([])
      await button(page, 'Delete').click()
      await button(page, 'Delete for good').click()
      await page.getByRole('heading', { name: 'No webhooks yet' }).waitFor()
    }))

  it('shows what a broken receiver answers as it is written', () =>
    inPage('/notifications', async (page, token) => {
      const [websiteId] = await addWebsites(hub, token, [{ name: 'shop', url: `${receiver.url}/` }])
      const { data } = await hub.post<{ createWebhook: { webhook: { id: string } } }>(
        'mutation ($input: CreateWebhookInput!) { createWebhook(input: $input) { ... on CreateWebhookSuccess { webhook { id } } } }',
        { token, variables: { input: { url: `${receiver.url}/broken`, websiteId } } },
      )
      await page.reload()
      await page.getByRole('link', { name: `${receiver.url}/broken` }).click()
      await page.getByRole('link', { name: 'shop' }).waitFor()
      await button(page, 'Test now').click()
      await page.getByText('<img src=x onerror=alert(1)> out of order').first().waitFor()
      await page.getByRole('region', { name: 'Deliveries' }).getByText('Not delivered').waitFor()
      expect(await findPageFaults(page)).toEqual([])
      await page.goto('/notifications')
      await page.getByText('Not delivered').waitFor()
      expect(await findPageFaults(page)).toEqual([])

      const { page: others, close } = await openDashboard(
        browser,
        { url: hub.url, ownerToken: await addOwner(hub, 'other@example.com') },
        `/notifications/${data?.createWebhook.webhook.id ?? ''}`,
      )
      await others.getByText('You have no such channel').waitFor()
      expect(await findPageFaults(others)).toEqual([])
      await close()
    }))

  it('what was typed stays when the hub does not answer', async () => {
    const ownerToken = await addOwner(hub, 'offline@example.com')
    const { page, faults, close } = await openDashboard(browser, { url: hub.url, ownerToken }, '/notifications')
    await button(page, 'Create a webhook').click()
    await page.getByLabel('URL').fill(`${receiver.url}/kept`)
    await page.context().setOffline(true)
    await button(page, 'Create').click()
    await page.getByText('The hub does not answer.').waitFor()
    expect(await page.getByLabel('URL').inputValue()).toBe(`${receiver.url}/kept`)
    expect(await findPageFaults(page)).toEqual([])
    expect(await hub.parts.store.prisma.channel.count({ where: { user: { email: 'offline@example.com' } } })).toBe(0)
    await page.context().setOffline(false)
    await button(page, 'Create').click()
    await page.getByText(`The webhook to ${receiver.url}/kept was created`).waitFor()
    expect(faults).toEqual([])
    await close()
  })

  it('a page that the hub does not answer says so, and comes when it is back', async () => {
    const ownerToken = await addOwner(hub, 'away@example.com')
    const { page, faults, close } = await openDashboard(browser, { url: hub.url, ownerToken }, '/notifications')
    await page.getByRole('heading', { name: 'No webhooks yet' }).waitFor()
    await page.route('**/graphql', (route) => route.abort())
    await page.getByRole('link', { name: 'Account' }).click()
    await page.getByText('The hub does not answer.').waitFor()
    expect(await findPageFaults(page)).toEqual([])
    await page.unroute('**/graphql')
    await page.getByText('away@example.com').waitFor()
    expect(await page.getByRole('alert').count()).toBe(0)
    expect(faults).toEqual([])
    await close()
  })

  it('nothing of this was a fault of the hub', () => {
    expect(hub.errors).toEqual([])
  })
})
