import { serverAudits } from 'graphql-http'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { startTestHub, type TestHub } from '../testing/test-hub.js'

let hub: TestHub
beforeAll(async () => {
  hub = await startTestHub(inject('template'))
})
afterAll(() => hub.close())

/** The audits of the GraphQL over HTTP specification, from graphql-http. */
describe('GraphQL over HTTP', () => {
  it.each(serverAudits({ url: () => `${hub.url}/graphql` }).map(({ name, fn }) => [name, fn] as const))(
    '%s',
    async (_name, audit) => {
      const result = await audit()
      expect(result.status === 'ok' ? 'ok' : `${result.status}: ${result.reason}`).toBe('ok')
    },
  )
})
