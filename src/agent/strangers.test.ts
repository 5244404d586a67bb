import { expect, onTestFinished, test } from 'vitest'

import { DEFAULT_CHECK } from '../protocol/check.js'
import { AGENT_VERSION } from './agent-version.js'
import { ENDLESS, PROMPT } from '../testing/agent/check/hostile-sites.js'
import { serveHttp } from '../testing/agent/check/loopback.js'
import type { TickInput } from './client/graphql.js'
import { useWorld } from '../testing/agent/world.js'

/** What an agent is to websites that it does not know, and they to it. */
const world = useWorld()
/** The hostile servers work in the agent's own process, which makes it late. */
const CALM = { begin: () => () => ({ lateMs: 0, longestMs: 0, lateAtEndMs: 0, steppedMs: 0 }) }

async function ticksOf(count: number): Promise<TickInput[]> {
  const ticks: TickInput[] = []
  while (ticks.length < count) ticks.push(...(await world.hub.next('SUBMIT')).input.ticks)
  return ticks
}

test.each([
  ['https://agents.example/why', 'https://agents.example/why'],
  ['mailto:abuse@agents.example', 'mailto:abuse@agents.example'],
  [null, 'HUB'],
])('every request names the software and where to complain, redirects included: %s', async (complaintsUrl, named) => {
  const site = await serveHttp((request, response) => {
    if (request.url === '/') response.writeHead(302, { location: '/there' })
    response.end()
  })
  world.start({ complaintsUrl })
  await world.hub.next('TASKS')
  world.hub.sendTasks([world.task('a', site.url())])
  expect(await ticksOf(1)).toMatchObject([{ status: 'Good' }])
  const expected = `overlaps-validator/${AGENT_VERSION} (+${named === 'HUB' ? world.hub.url : named})`
  expect(site.requests.map(({ url, headers }) => [url, headers['user-agent']])).toEqual([
    ['/', expected],
    ['/there', expected],
  ])
})

test('an agent beside hostile websites only answers for each of them, and for the one that is well', async () => {
  const warnings: Error[] = []
  const keep = (warning: Error) => warnings.push(warning)
  process.on('warning', keep)
  onTestFinished(() => void process.off('warning', keep))
  const hostile = await Promise.all([...PROMPT, ...ENDLESS].map(({ start }) => start()))
  const well = await serveHttp((_, response) => response.end('well'))
  const agent = world.start({ concurrency: 200 }, { stalls: CALM })
  await world.hub.next('TASKS')
  const urls = [...hostile, well.url()]
  const check = { ...DEFAULT_CHECK, timeoutMs: 3_000 }
  world.hub.sendTasks(urls.map((url, index) => ({ ...world.task(`${index}`, url), check })))
  const ticks = await ticksOf(urls.length)
  expect(ticks.map(({ callbackId }) => callbackId).toSorted()).toEqual(
    urls.map((_, index) => `callback-${index}`).toSorted(),
  )
  expect(ticks.find(({ callbackId }) => callbackId === `callback-${urls.length - 1}`)).toMatchObject({ status: 'Good' })
  expect(agent.events.filter(({ event }) => event === 'TASK_UNANSWERED' || event === 'CANNOT_CHECK')).toEqual([])
  expect(warnings).toEqual([])
})
