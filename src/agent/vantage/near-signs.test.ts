import { expect, test } from 'vitest'
import { ruleLine, type LineQuestion, type LineSeen } from './rule-line.js'
import { rulePortal, type PortalQuestion, type PortalSeen } from './rule-portal.js'

/** Beacons count, and none may be asked. */
const LINE: LineSeen = {
  isTouched: false,
  isDead: false,
  otherAt: 9_900,
  isAlive: true,
  isOtherAlive: true,
  beacons: 'COUNT',
  isPending: false,
  mayAsk: false,
  triedAt: null,
}
const LATEST = { change: 'CHANGED', now: 14_000, until: 14_000 } as const

test.each([
  ['refused at once', 'a moment before it', 10_000, 10_005, 9_900, 'PROVEN'],
  ['refused at once', 'a while before it', 10_000, 10_005, 9_700, 'UNPROVEN'],
  ['silent for a second', 'a moment before it', 10_000, 11_000, 9_900, 'UNPROVEN'],
  ['silent for a second', 'in the meantime', 10_000, 11_000, 10_500, 'PROVEN'],
] as const)('a website that is %s is judged by a sign of another %s', (_what, _when, from, to, otherAt, ruling) => {
  const question: LineQuestion = { ...LATEST, from, to, startedAt: from }
  expect(ruleLine({ ...LINE, otherAt }, question)).toBe(ruling)
})

const PORTAL: PortalSeen = {
  isSeen: false,
  trustedAt: 9_900,
  askedAt: null,
  hasBeacons: true,
  counts: true,
  isPending: false,
  mayAsk: false,
}

test.each([
  ['at once', 10_005, 9_900, 'CLEAR'],
  ['at once', 10_005, 9_700, 'UNCLEAR'],
  ['after a second', 11_000, 9_900, 'UNCLEAR'],
] as const)(
  'an answer %s, at %i, is cleared of portals by a certificate at %i: %s',
  (_, endedAt, trustedAt, ruling) => {
    const question: PortalQuestion = { change: 'CHANGED', startedAt: 10_000, endedAt, now: 14_000, isLast: true }
    expect(rulePortal({ ...PORTAL, trustedAt }, question)).toBe(ruling)
  },
)
