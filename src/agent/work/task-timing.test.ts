import { expect, test } from 'vitest'

import { taskTimeoutMs } from './task-timing.js'

const times = { startAt: 10_000, deadlineAt: 45_000, checkTimeoutMs: 10_000 }
const whole = { ...times, checkTimeoutMs: 60_000 }
const short = { startAt: 1_600, deadlineAt: 3_750, checkTimeoutMs: 10_000 }

test.each([
  ['what its website allows', times, 10_000, 10_000],
  ['as much when it begins late', times, 30_000, 10_000],
  ['as much at the last moment', times, 34_750, 10_000],
  ['no time a moment later', times, 34_751, null],
  ['what was left to the deadline at its planned start, less the time to send', whole, 10_000, 34_500],
  ['as much a little late', whole, 10_250, 34_500],
  ['no time where it would get less than that', whole, 10_251, null],
  ['a round of 5 s less the time to send', short, 1_600, 1_650],
  ['as much of a round of 5 s a little late', short, 1_850, 1_650],
  ['no time of a round of 5 s when more of it is gone', short, 1_851, null],
  ['no time after the deadline', times, 45_000, null],
  ['no time where none was planned', { ...times, startAt: 44_500 }, 44_500, null],
  ['a short time that was never longer', { ...times, deadlineAt: 10_700 }, 10_000, 200],
] as const)('a check has %s', (_, given, now, timeoutMs) => {
  expect(taskTimeoutMs(given, now)).toBe(timeoutMs)
})
