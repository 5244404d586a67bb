import { afterAll, expect, inject, it } from 'vitest'
import { createTestIncidents } from '../testing/incident/incidents.js'
import { lockWebsite } from '../website/lock-website.js'

const template = inject('template')
const records = await createTestIncidents(template)
const { store } = records.parts
afterAll(() => store.close())

// An embedded database runs one transaction at a time.
it.skipIf(template.kind === 'pglite')('a round opens an incident while its website is being changed', async () => {
  const userId = await records.addOwner('owner')
  const website = await records.addWebsite(userId, 'shop')
  await store.transaction(async (sql) => {
    expect(await lockWebsite(sql, userId, website.id)).not.toBeNull()
    await records.play(website, 'BB')
  })
  expect(await records.incidentsOf(website)).toHaveLength(1)
})
