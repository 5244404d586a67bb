import { expect, it } from 'vitest'
import { createWorkQueue } from './work-queue.js'

function createWork() {
  const started: { end: (result: string) => void; fail: () => void }[] = []
  const work = () =>
    new Promise<string>((resolve, reject) => {
      started.push({ end: resolve, fail: () => reject(new Error('failed')) })
    })
  return { started, work }
}

async function settle() {
  await new Promise((resolve) => setImmediate(resolve))
}

it('runs so many, lets so many wait in order, and turns the rest away', async () => {
  const queue = createWorkQueue({ runningMax: 2, waitingMax: 2 })
  const { started, work } = createWork()
  const results = Array.from({ length: 6 }, () => queue.run(work))
  expect(results.map((result) => result === null)).toEqual([false, false, false, false, true, true])
  await settle()
  expect(started).toHaveLength(2)
  started[1]?.end('second')
  expect(await results[1]).toBe('second')
  await settle()
  expect(started).toHaveLength(3)
  expect(queue.run(work)).not.toBeNull()
  expect(queue.run(work)).toBeNull()
})

it('goes on after a failure and lets as much in as before', async () => {
  const queue = createWorkQueue({ runningMax: 1, waitingMax: 0 })
  const { started, work } = createWork()
  for (let round = 0; round < 3; round += 1) {
    const result = queue.run(work)
    await settle()
    expect(queue.run(work)).toBeNull()
    started[round]?.fail()
    await expect(result).rejects.toThrow('failed')
  }
})
