import { expect, test } from 'vitest'

import { eventually } from '../../testing/eventually.js'
import { ENDLESS, PROMPT } from '../../testing/agent/check/hostile-sites.js'
import type { HostileSite } from '../../testing/agent/check/hostile-sites.js'
import { verdictOf } from '../../testing/agent/check/measure.js'

const SWARM = 200

/** What this process has open of the kinds that a check opens. */
function openThings(): string[] {
  const ours = new Set(['TCPSocketWrap', 'TLSWrap', 'Timeout', 'GetAddrInfoReqWrap', 'QUERYWRAP', 'TCPConnectWrap'])
  return process
    .getActiveResourcesInfo()
    .filter((name) => ours.has(name))
    .toSorted()
}

/** With the timers of `eventually` itself, which stand from its second try on. */
function openWhileWaiting(): Promise<string[]> {
  let tries = 0
  return eventually(() => {
    tries += 1
    expect(tries).toBeGreaterThan(1)
    return openThings()
  })
}

function inExcessOf(before: readonly string[], names: readonly string[]): string[] {
  const left = [...before]
  return names.filter((name) => {
    const at = left.indexOf(name)
    if (at >= 0) left.splice(at, 1)
    return at < 0
  })
}

test(`${SWARM} of them at once leave nothing behind`, { timeout: 60_000 }, async () => {
  const before = await openWhileWaiting()
  // One that reads nothing hears nothing either, and would keep its own end open.
  const sites = [...PROMPT, ...ENDLESS].filter(({ check }) => check?.method !== 'POST')
  const started = await Promise.all(sites.map((site) => site.start()))
  const checks = Array.from({ length: SWARM }, async (_, index) => {
    const site = sites[index % sites.length] as HostileSite
    const url = started[index % sites.length] ?? ''
    return [site, await verdictOf(url, { check: site.check ?? {}, timeoutMs: 5_000 })] as const
  })
  const ends = await Promise.all(checks)
  // Beside so many others a prompt one may not get its turn before its time is up.
  const odd = ends.filter(([{ outcome }, verdict]) => !outcome.test(verdict) && !verdict.startsWith('TIMEOUT'))
  expect(odd.map(([{ name }, verdict]) => [name, verdict])).toEqual([])
  await eventually(() => expect(inExcessOf(before, openThings())).toEqual([]))
})
