import { afterAll, beforeEach, describe, expect, inject, it } from 'vitest'
import { countStatements } from '../testing/count-statements.js'
import { openTestNotices } from '../testing/notice/graph.js'
import { startReceiver, startTestDeliverer } from '../testing/notice/outbox.js'

const { parts, owner, as, removeChannels, close } = await openTestNotices(inject('template'))
afterAll(close)
beforeEach(removeChannels)

const LOG = `query ($id: ID!, $first: Int, $after: String, $last: Int, $before: String) { channel(id: $id) {
  deliveries(first: $first, after: $after, last: $last, before: $before) {
    pageInfo { hasNextPage hasPreviousPage startCursor endCursor }
    edges { node { id event payload createdAt nextAttemptAt deliveredAt abandonedAt
      channel { id } attempts { at durationMs outcome httpStatus answer error } } } } } }`

interface Log {
  channel: {
    deliveries: {
      pageInfo: { hasNextPage: boolean; startCursor: string; endCursor: string }
      edges: { node: { id: string; payload: string; attempts: unknown[] } }[]
    }
  }
}

/** The numbers of a page of the log. */
async function page(variables: Record<string, unknown>) {
  const { data, errors } = await as<Log>(owner, LOG, variables)
  expect(errors).toBeUndefined()
  const { edges, pageInfo } = data.channel.deliveries
  const numbers = edges.map(({ node }) => (JSON.parse(node.payload) as { data: { number: number } }).data.number)
  return { numbers: numbers.join(''), pageInfo }
}

describe('the delivery log', () => {
  it('shows each message with its tries, newest first', async () => {
    const statuses = [500, 503]
    const { url } = await startReceiver((_, response) => response.writeHead(statuses.shift() ?? 200).end('hm'))
    const { webhook } = await parts.addWebhook(url)
    await parts.enqueue(1)
    const createdAt = new Date(parts.clock.now()).toISOString()
    const deliverer = startTestDeliverer(parts)
    await deliverer.idle()
    parts.clock.advance(5_000)
    await deliverer.idle()
    const { data } = await as<Log>(owner, LOG, { id: webhook.id })
    const failed = {
      durationMs: expect.any(Number),
      answer: 'hm',
      outcome: 'UNREACHABLE',
      error: expect.stringContaining('any from 200 to 299'),
    }
    const [stored] = await parts.deliveries()
    expect(data.channel.deliveries.edges).toEqual([
      {
        node: {
          id: stored?.id,
          event: 'incident.opened',
          payload: JSON.stringify({ type: 'incident.opened', timestamp: createdAt, data: { number: 1 } }),
          createdAt,
          nextAttemptAt: new Date(parts.clock.now() + 30_000).toISOString(),
          deliveredAt: null,
          abandonedAt: null,
          channel: { id: webhook.id },
          attempts: [
            { ...failed, httpStatus: 503, at: new Date(parts.clock.now()).toISOString() },
            { ...failed, httpStatus: 500, at: createdAt },
          ],
        },
      },
    ])
  })

  it('has pages, in both directions', async () => {
    const { webhook } = await parts.addWebhook('https://hooks.example.com/')
    await parts.enqueue(1, 2, 3, 4, 5)
    const { id } = webhook
    const first = await page({ id, first: 2 })
    expect(first).toMatchObject({ numbers: '54', pageInfo: { hasNextPage: true, hasPreviousPage: false } })
    const second = await page({ id, first: 2, after: first.pageInfo.endCursor })
    expect(second).toMatchObject({ numbers: '32', pageInfo: { hasNextPage: true, hasPreviousPage: true } })
    expect(await page({ id, first: 2, after: second.pageInfo.endCursor })).toMatchObject({ numbers: '1' })
    const last = await page({ id, last: 2 })
    expect(last).toMatchObject({ numbers: '21', pageInfo: { hasNextPage: false, hasPreviousPage: true } })
    expect(await page({ id, last: 2, before: last.pageInfo.startCursor })).toMatchObject({ numbers: '43' })
  })

  it.each([
    [{ first: 0 }, 'first'],
    [{ last: 101 }, 'last'],
    [{ after: 'x' }, 'after'],
    [{ before: "' OR 1=1" }, 'before'],
  ])('refuses the page %j by a code', async (variables, argument) => {
    const { webhook } = await parts.addWebhook('https://hooks.example.com/')
    const { errors } = await as(owner, LOG, { id: webhook.id, ...variables })
    expect(errors?.[0]?.extensions).toMatchObject({ code: 'BAD_USER_INPUT', argument })
    const args = JSON.stringify(variables).replace(/^\{"(\w+)":(.*)\}$/, '$1: $2')
    const listed = await as(owner, `{ channels(${args}) { totalCount } }`)
    expect(listed.errors?.[0]?.extensions).toMatchObject({ code: 'BAD_USER_INPUT', argument })
  })

  it('asks the database as often for many channels as for one', async () => {
    const source = `{ channels { edges { node { website { id }
      newest: deliveries(first: 5) { edges { node { event channel { enabled } attempts { at } } } }
      oldest: deliveries(last: 1) { edges { node { event } } } } } } }`
    type Listed = { channels: { edges: { node: { newest: { edges: { node: unknown }[] } } }[] } }
    const counts = []
    for (const more of [1, 4]) {
      for (let number = 0; number < more; number++) {
        await parts.addWebhook('https://hooks.example.com/', parts.websiteId)
      }
      await parts.enqueue(1, 2)
      counts.push(
        await countStatements(async () => {
          const { data, errors } = await as<Listed>(owner, source)
          expect(errors).toBeUndefined()
          const [first] = data.channels.edges
          expect(data.channels.edges.length).toBeGreaterThanOrEqual(more)
          expect(first).toMatchObject({ node: { website: { id: parts.websiteId } } })
          const delivery = { event: 'incident.opened', channel: { enabled: true }, attempts: [] }
          expect(first?.node.newest.edges[0]?.node).toEqual(delivery)
        }),
      )
    }
    expect(counts).toEqual([8, 8])
  })
})
