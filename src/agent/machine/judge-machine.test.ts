import { createSocket } from 'node:dgram'
import { describe, expect, test } from 'vitest'

import { DEFAULT_CHECK } from '../../protocol/check.js'
import type { Check } from '../../protocol/check.js'
import { serveHttp, serveHttps } from '../../testing/agent/check/loopback.js'
import type { CertificateName } from '../../testing/agent/check/loopback.js'
import { measure } from '../../testing/agent/check/measure.js'
import { DAY_MS, HOUR_MS } from '../../time.js'
import type { Measured } from '../check/check-outcome.js'
import { localFault } from './local-fault.js'
import { judgeMachine } from './judge-machine.js'
import type { MetLimit } from './watch-limits.js'

const CALM = { lateMs: 0, longestMs: 0, lateAtEndMs: 0, steppedMs: 0 }
const IN_STEP = { now: Date.now(), hubAheadMs: 0 }

function judge(
  outcome: Measured,
  changes: Partial<Parameters<typeof judgeMachine>[1]> = {},
  check: Partial<Check> = {},
) {
  const own = { ...DEFAULT_CHECK, ...check }
  return judgeMachine(outcome, {
    check: own,
    timeoutMs: own.timeoutMs,
    strain: CALM,
    limit: null,
    clocks: IN_STEP,
    ...changes,
  }).then((abstained) => abstained?.reason ?? null)
}

describe('a certificate while the clocks are apart', () => {
  const now = Date.now()
  const EXPIRED = Date.UTC(2021, 0, 1)
  const LONG = Date.UTC(2125, 0, 1)
  const INTERMEDIATE = Date.UTC(2100, 0, 1)
  const VALID_FROM = Date.UTC(2000, 0, 1)

  test.each([
    ['trusted', 0, {}, null],
    ['trusted', HOUR_MS, {}, null],
    ['trusted', -DAY_MS, {}, null],
    // Valid here, expired by the hub, and the other way round.
    ['trusted', LONG - now + DAY_MS, {}, 'CLOCK_OFF'],
    ['trusted', VALID_FROM - now - DAY_MS, {}, 'CLOCK_OFF'],
    ['expired', EXPIRED - now - DAY_MS, {}, 'CLOCK_OFF'],
    ['expired', EXPIRED - now + DAY_MS, {}, null],
    ['expired', -DAY_MS, {}, null],
    ['chained', INTERMEDIATE - now + DAY_MS, {}, 'CLOCK_OFF'],
    ['chained-expired', EXPIRED - now - DAY_MS, {}, 'CLOCK_OFF'],
    ['trusted', LONG - now - 10 * DAY_MS, { certificateDays: 14 }, 'CLOCK_OFF'],
    ['trusted', LONG - now - 20 * DAY_MS, { certificateDays: 14 }, null],
    // Refused at any time.
    ['self-signed', LONG - now + DAY_MS, {}, null],
  ] as const)('that is %s, the hub %i ms ahead: %o, %s', async (name, hubAheadMs, check, reason) => {
    const site = await serveHttps(name satisfies CertificateName, (_, response) => response.end())
    const outcome = await measure(site.url(), { check })
    expect(await judge(outcome, { clocks: { now, hubAheadMs } }, check)).toBe(reason)
  })

  test('is not judged where they are less than a minute apart', async () => {
    const site = await serveHttps('trusted', (_, response) => response.end())
    const outcome = await measure(site.url())
    const atEnd = (hubAheadMs: number) => judge(outcome, { clocks: { now: LONG - 1000, hubAheadMs } })
    expect(await atEnd(59_000)).toBe(null)
    expect(await atEnd(61_000)).toBe('CLOCK_OFF')
  })

  test('is judged where it was only on the way', async () => {
    const plain = await serveHttp((_, response) => response.end())
    const site = await serveHttps('trusted', (_, response) => response.writeHead(302, { location: plain.url() }).end())
    const outcome = await measure(site.url())
    expect(await judge(outcome, { clocks: { now, hubAheadMs: LONG - now + DAY_MS } })).toBe('CLOCK_OFF')
    expect(await judge(await measure(plain.url()), { clocks: { now, hubAheadMs: LONG } })).toBe(null)
  })
})

describe('a limit that a check met', () => {
  const limit = (code: string, address: string | null): MetLimit => {
    const fault = localFault(code)
    if (fault === null) throw new Error(`${code} is none`)
    return { ...fault, code, address }
  }
  const refused = () =>
    measure('http://127.0.0.1:1/', { policy: { allowPrivateTargets: true, targetPorts: 'ANY', deniedHosts: [] } })

  test.each(['EMFILE', 'ENFILE', 'ENOBUFS', 'ENOMEM', 'EADDRNOTAVAIL', 'EADDRINUSE', 'EAGAIN', 'EPERM', 'EACCES'])(
    '%s is its own',
    async (code) => {
      expect(await judge(await refused(), { limit: limit(code, '127.0.0.1') })).toBe('LOCAL_LIMIT')
    },
  )

  test('EACCES over IPv6 is a router where the kernel has a way', async () => {
    const has6 = await new Promise<boolean>((resolve) => {
      const socket = createSocket('udp6')
      socket.connect(9, '::1', (error?: unknown) => {
        socket.close()
        resolve(error === undefined || error === null)
      })
    })
    expect(await judge(await refused(), { limit: limit('EACCES', '::1') })).toBe(has6 ? null : 'LOCAL_LIMIT')
  })

  test.each(['ECONNREFUSED', 'ECONNRESET', 'EHOSTUNREACH', 'ENETUNREACH', 'ENOTFOUND', 'HPE_INVALID_CONSTANT', null])(
    '%s is none',
    (code) => expect(localFault(code)).toBeNull(),
  )
})
