import { expect, it } from 'vitest'
import { seenBy } from './seen-by'

it('counts who saw it Bad, without those whose own network was offline', () => {
  expect(
    seenBy([
      { status: 'Bad', setAside: false },
      { status: 'Bad', setAside: true },
      { status: 'Good', setAside: false },
    ]),
  ).toEqual({ bad: 1, seen: 2 })
})
