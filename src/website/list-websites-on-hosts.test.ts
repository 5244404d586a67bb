import { afterAll, expect, inject, it } from 'vitest'
import { addTestUser, createTestParts, ownerActor } from '../testing/owner/parts.js'
import { hostNameOf } from '../protocol/host-name.js'
import { createWebsite } from './create-website.js'
import { listWebsitesOnHosts } from './list-websites-on-hosts.js'

const parts = await createTestParts(inject('template'))
afterAll(() => parts.store.close())

const URLS = [
  'https://a.example/',
  'http://a.example.:8080/x?y=//b.example/',
  'https://www.a.example/',
  'http://8.8.8.8:80/',
  'http://[::ffff:8.8.8.8]/',
  'http://[2606:4700::1]:8443/',
  'http://[2606:4700::1]/',
]

it('finds by host what stands in URLs in whatever way, enabled ones only', async () => {
  const userId = await addTestUser(parts, 'ada@example.com')
  for (const url of URLS) {
    const outcome = await createWebsite(parts, ownerActor(userId), { name: 'x', url })
    expect(outcome.kind).toBe('created')
  }
  await createWebsite(parts, ownerActor(userId), { name: 'off', url: 'https://a.example/off', enabled: false })
  for (const host of ['a.example', 'www.a.example', '8.8.8.8', '2606:4700::1', 'example']) {
    const found = await listWebsitesOnHosts(parts.store.sql, [host])
    const expected = URLS.map((url) => new URL(url)).filter((url) => hostNameOf(url) === host)
    expect(found.map(({ url }) => url).sort()).toEqual(expected.map(({ href }) => href).sort())
  }
})
