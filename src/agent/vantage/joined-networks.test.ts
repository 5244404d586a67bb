import { expect, test } from 'vitest'
import { createManualClock } from '../../testing/manual-clock.js'
import { joinedNetworks } from './joined-networks.js'
import type { WaysOut } from './ways-out.js'

const ways = (V4: string | null, V6: string | null = null): WaysOut => ({ V4, V6 })

test.each<[string, (WaysOut | Error)[], string[]]>([
  ['stays', [ways('a', 'x'), ways('a', 'x')], []],
  ['cannot be read for a while', [ways('a', 'x'), new Error('EMFILE'), new Error('EMFILE'), ways('a', 'x')], []],
  ['is lost and back', [ways('a'), ways(null), ways(null), ways('a')], ['lost V4', 'back V4']],
  ['is lost, and another is joined', [ways('a'), ways(null), ways('b')], ['lost V4', 'joined ALL']],
  ['is changed', [ways('a', 'x'), ways('b', 'y')], ['joined ALL']],
  ['is changed for one without IPv6', [ways('a', 'x'), ways('b')], ['joined ALL', 'lost V6']],
  ['gets IPv6 later', [ways('a'), ways('a', 'x')], ['joined V6']],
  ['gets another prefix', [ways('a', 'x'), ways('a', 'y')], ['joined V6']],
  ['loses IPv6, which comes back', [ways('a', 'x'), ways('a'), ways('a', 'x')], ['lost V6', 'back V6']],
  ['of IPv6 only is changed', [ways(null, 'x'), ways(null, 'y')], ['joined ALL']],
  ['is found after the beginning', [ways(null), ways('a')], ['joined ALL']],
  [
    'has a private network beside it for a while',
    [ways('a', 'x'), ways('tun', 'x'), ways('a', 'x')],
    ['joined V4', 'joined V4'],
  ],
])('a network that %s', async (_, seen, heard) => {
  const clock = createManualClock(0)
  const told: string[] = []
  const left = [...seen]
  const networks = joinedNetworks({
    clock,
    readWaysOut: async () => {
      const next = left.shift() ?? ways(null)
      if (next instanceof Error) throw next
      return next
    },
    onJoined: (families) => told.push(`joined ${families}`),
    onLost: (family) => told.push(`lost ${family}`),
    onBack: (family) => told.push(`back ${family}`),
  })
  for (const _one of seen) {
    networks.look()
    networks.look()
    await Promise.resolve()
    clock.advance(1_000)
  }
  expect(told).toEqual(heard)
})
