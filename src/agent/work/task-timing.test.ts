import { expect, test } from 'vitest'

import { taskTimeoutMs } from './task-timing.js'

const times = { startAt: 10_000, deadlineAt: 45_000, checkTimeoutMs: 10_000 }

test.each([
  ['what its website allows', times, 10_000, 10_000],
  ['what is left to the deadline, less the time to send', { ...times, checkTimeoutMs: 60_000 }, 10_000, 34_500],
  ['what is left when it begins late', times, 40_000, 4500],
  ['no time after the deadline', times, 45_000, null],
  ['no time when only that to send is left', times, 44_500, null],
  ['no time when our lateness leaves no fair try', times, 43_600, null],
  ['a short time that was never longer', { ...times, deadlineAt: 10_700 }, 10_000, 200],
  ['a short time a moment late', { ...times, deadlineAt: 10_700 }, 10_050, 150],
] as const)('a check has %s', (_, given, now, timeoutMs) => {
  expect(taskTimeoutMs(given, now)).toBe(timeoutMs)
})
