import { expect, test } from 'vitest'

import { DEFAULT_CHECK } from '../../protocol/check.js'
import type { Measurement } from '../../protocol/tick.js'
import { createAnswerQueue } from './answer-queue.js'
import { makeAnswer } from './make-answer.js'
import type { Answer } from './make-answer.js'

const measurement: Measurement = {
  checkedAt: '2026-11-22T13:00:01.000Z',
  status: 'Good',
  failure: null,
  detail: null,
  httpStatus: 200,
  remoteAddress: '192.0.2.1',
  latencyUs: 1000,
  dnsUs: null,
  connectUs: 1,
  tlsUs: null,
  firstByteUs: 1,
  certificateExpiresAt: null,
}

function answer(name: string, deadlineAt: number): Answer {
  const round = '2026-11-22T13:00:00.000Z'
  const times = { round, roundAt: Date.parse(round), startAt: 0, deadlineAt }
  const task = { callbackId: name, websiteId: 'w', url: 'http://example.com/', check: DEFAULT_CHECK, ...times }
  return makeAnswer({ hub: 'http://localhost:8081', validator: 'key' }, task, measurement)
}

const names = (answers: readonly Answer[]) => answers.map(({ task }) => task.callbackId)

test('what is put back goes first', () => {
  const queue = createAnswerQueue()
  for (const name of ['a', 'b', 'c']) queue.add(answer(name, 10), 0)
  const batch = queue.take()
  queue.add(answer('d', 10), 1)
  queue.putBack(batch, 2)
  expect(names(queue.take())).toEqual(['a', 'b', 'c', 'd'])
  expect(queue.waiting()).toBeNull()
})

test('a batch has at most 500', () => {
  const queue = createAnswerQueue()
  for (let index = 0; index < 501; index += 1) queue.add(answer(`a${index}`, 10), 0)
  expect(queue.take()).toHaveLength(500)
  expect(queue.waiting()).toMatchObject({ count: 1 })
})

test('the oldest goes when it is full', () => {
  const queue = createAnswerQueue(2)
  const gone = ['a', 'b', 'c'].flatMap((name) => queue.add(answer(name, 10), 0))
  expect(names(gone)).toEqual(['a'])
  expect(names(queue.take())).toEqual(['b', 'c'])
})

test('those past their deadline are taken out, wherever they stand', () => {
  const queue = createAnswerQueue()
  for (const [name, deadlineAt] of Object.entries({ a: 30, b: 10, c: 20 })) queue.add(answer(name, deadlineAt), 0)
  expect(queue.waiting()).toMatchObject({ count: 3, deadlineAt: 10 })
  expect(names(queue.takeExpired(20))).toEqual(['b', 'c'])
  expect(names(queue.take())).toEqual(['a'])
  expect(queue.waiting()).toBeNull()
})
