import { expect, test } from 'vitest'
import { watchLimits } from './watch-limits.js'

test.each([
  ['CONNECT', 'EMFILE', 1],
  ['DNS', 'EMFILE', 1],
  ['CONNECT', 'ENOBUFS', 1],
  // Met by nobody for sure: it must not be what the next look-up is suspected for.
  ['DNS', 'EFILE', 0],
] as const)('%s %s is a limit that was met, noted %i times', (failure, detail, times) => {
  const noted = { limits: 0, runs: 0 }
  const watch = watchLimits({}, { noteLimit: () => (noted.limits += 1), noteRun: () => (noted.runs += 1) })
  expect(watch.end({ status: 'Bad', failure, detail })).toMatchObject({ code: detail })
  expect(noted).toEqual({ limits: times, runs: 1 - times })
})
