import type { Delivery, Hold } from './load-answer.js'

/** Signed and ready. */
export interface Prepared {
  id: string
  bytes: Buffer
  ticks: number
}

export interface Outcome {
  accepted: number
  refused: number
  /** Nothing was stored; the same message may be sent again. */
  retry: boolean
}

/** One validator that the load generator plays. */
export interface LoadValidator {
  hold(hold: Hold): void
  taskCount(): number
  delivery(): Delivery
  forget(): void
  sign(batch: number | null): void
  /** The next signed message. */
  take(): Prepared | undefined
  send(message: Prepared): Promise<Outcome>
  close(): void
}

/** Counts or keeps tasks as cheaply as possible: the generator shares the machine with the hub. */
export interface TaskBox {
  hold: Hold
  receive(event: Buffer): void
  taskCount(): number
  delivery(): Delivery
  takeKept(): Buffer[]
  forget(): void
}

/** Positions of websites in the tallies, the same for all validators. */
const positions = new Map<string, number>()

export function createTaskBox(first: Hold, readWebsites: (event: Buffer) => string[]): TaskBox {
  let count = 0
  let tally = new Uint8Array(0)
  let kept: Buffer[] = []
  const note = (website: string) => {
    const position = positions.get(website) ?? positions.size
    positions.set(website, position)
    if (position >= tally.length) {
      const longer = new Uint8Array(Math.max(64, position * 2))
      longer.set(tally)
      tally = longer
    }
    tally[position] = Math.min(255, (tally[position] ?? 0) + 1)
  }
  return {
    hold: first,
    receive(event) {
      count += countTasks(event)
      if (this.hold === 'KEEP') kept.push(event)
      if (this.hold === 'TALLY') for (const website of readWebsites(event)) note(website)
    },
    taskCount: () => count,
    delivery: () => ({
      tasks: count,
      once: tally.reduce((sum, times) => sum + (times === 1 ? 1 : 0), 0),
      repeated: tally.reduce((sum, times) => sum + (times > 1 ? 1 : 0), 0),
    }),
    takeKept: () => kept.splice(0),
    forget() {
      count = 0
      tally.fill(0)
      kept = []
    },
  }
}

const TASK_MARK = Buffer.from('"callbackId"')

/** Without parsing: a full round is about 600 MB of JSON. */
function countTasks(event: Buffer): number {
  let count = 0
  for (let at = event.indexOf(TASK_MARK); at !== -1; at = event.indexOf(TASK_MARK, at + TASK_MARK.length)) count++
  return count
}
