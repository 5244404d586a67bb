import type { Submitted } from './load-answer.js'
import type { LoadValidator, Prepared } from './load-validator.js'

/** How long a validator waits before it resends what the hub could not take. */
const RETRY_AFTER_MS = 500

interface Tally {
  accepted: number
  refused: number
  retried: number
  latenciesMs: number[]
}

/** Keeps so many messages unanswered for each validator, and waits for every answer. */
export async function submit(
  validators: readonly LoadValidator[],
  inFlight: number | 'ALL',
  forMs: number,
): Promise<Submitted> {
  const tally: Tally = { accepted: 0, refused: 0, retried: 0, latenciesMs: [] }
  const startedAt = performance.now()
  const lane = async (validator: LoadValidator) => {
    while (performance.now() - startedAt < forMs) {
      const message = validator.take()
      if (!message) return
      await sendOne(validator, message, performance.now(), tally)
    }
  }
  const lanes = (validator: LoadValidator) => {
    if (inFlight !== 'ALL') return Array.from({ length: inFlight }, () => lane(validator))
    return takeAll(validator).map((message) => sendOne(validator, message, startedAt, tally))
  }
  await Promise.all(validators.flatMap(lanes))
  return summarise(tally, performance.now() - startedAt)
}

/** Sends at a steady rate, whether answers come or not; latency counts from when a message was due. */
export async function submitPaced(
  validators: readonly LoadValidator[],
  perSecond: number,
  forMs: number,
): Promise<Submitted> {
  const tally: Tally = { accepted: 0, refused: 0, retried: 0, latenciesMs: [] }
  const startedAt = performance.now()
  const count = Math.floor((perSecond * forMs) / 1000)
  const sent: Promise<void>[] = []
  while (sent.length < count) {
    const dueMs = (sent.length / perSecond) * 1000
    const waitMs = startedAt + dueMs - performance.now()
    if (waitMs > 0) await sleep(waitMs)
    const validator = validators[sent.length % validators.length]
    const message = validator?.take()
    if (!validator || !message) break
    sent.push(sendOne(validator, message, startedAt + dueMs, tally))
  }
  await Promise.all(sent)
  return summarise(tally, performance.now() - startedAt)
}

async function sendOne(validator: LoadValidator, message: Prepared, dueAt: number, tally: Tally): Promise<void> {
  for (;;) {
    const { accepted, refused, retry } = await validator.send(message)
    if (!retry) {
      tally.accepted += accepted
      tally.refused += refused
      tally.latenciesMs.push(performance.now() - dueAt)
      return
    }
    tally.retried += 1
    await sleep(RETRY_AFTER_MS)
  }
}

function takeAll(validator: LoadValidator): Prepared[] {
  const all: Prepared[] = []
  for (let next = validator.take(); next; next = validator.take()) all.push(next)
  return all
}

export function summarise({ accepted, refused, retried, latenciesMs }: Tally, elapsedMs: number): Submitted {
  const sorted = latenciesMs.toSorted((a, b) => a - b)
  const quantile = (share: number) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0
  return { accepted, refused, retried, elapsedMs, p50Ms: quantile(0.5), p99Ms: quantile(0.99) }
}

function sleep(ms: number): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, ms)
  })
}
