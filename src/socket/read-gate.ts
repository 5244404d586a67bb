import type { Readable } from 'node:stream'

interface GateLimits {
  /** Bytes read from all streams in one turn of the event loop, give or take one piece. */
  turnMaxBytes: number
  /** Bytes of whole messages that wait to be handled; while there are as many, nothing large is read. */
  waitingMaxBytes: number
  /** A smaller piece is read at once: it costs little, and may be a ping. */
  largeMinBytes: number
}

/**
 * Shares out among the sockets what is read in a turn of the event loop. Node.js hands over all that has come for all of
 * them in one turn: two hundred batches that come at once are 50 MB to take in before anything else may run.
 */
export interface ReadGate {
  /** From now on the stream gives its data when it is let. What it holds back waits in the peer's kernel. */
  admit(stream: Readable): ReadLane
}

/** One stream's way through the gate. */
export interface ReadLane {
  /** A message has come to its end; what follows it waits behind the others. */
  endMessage(): void
  /** A message of so many bytes waits to be handled: nothing more is read until `letOn` was called as often. */
  hold(bytes: number): void
  letOn(bytes: number): void
  /** Whether something of what the peer has sent waits here. */
  isBehind(): boolean
}

interface Lane {
  stream: Readable
  /** Messages that wait to be handled. */
  heldCount: number
  /** Who has begun a message is let finish it, so that few lie about in parts. */
  message: 'BEGUN' | 'NONE'
}

export function createReadGate(limits: GateLimits): ReadGate {
  const begun = new Set<Lane>()
  const queue = new Set<Lane>()
  let turnBytes = 0
  let waitingBytes = 0
  let turnIsDue = false

  const hasRoom = () => turnBytes < limits.turnMaxBytes && waitingBytes < limits.waitingMaxBytes
  const leave = (lane: Lane) => {
    begun.delete(lane)
    queue.delete(lane)
  }

  const read = (lane: Lane) => {
    leave(lane)
    const bytes = lane.stream.readableLength
    if (bytes > 0) lane.message = 'BEGUN'
    if (bytes >= limits.largeMinBytes) {
      turnBytes += bytes
      awaitTurn()
    }
    // With a listener for `readable` it is this that emits `data`, and `end` when there is nothing more to come.
    lane.stream.read()
  }

  const awaitTurn = () => {
    if (turnIsDue) return
    turnIsDue = true
    setImmediate(() => {
      turnIsDue = false
      turnBytes = 0
      // Whom the reading itself brings back is at the end of the line.
      for (const lane of [...begun, ...queue]) {
        if (!hasRoom()) break
        if (begun.has(lane) || queue.has(lane)) read(lane)
      }
      if (begun.size + queue.size > 0) awaitTurn()
    })
  }

  const offer = (lane: Lane) => {
    if (lane.heldCount > 0 || lane.stream.destroyed) return
    const isSmall = lane.stream.readableLength < limits.largeMinBytes
    const isNext = lane.message === 'BEGUN' || queue.size === 0
    if (isSmall || (isNext && hasRoom())) return read(lane)
    const line = lane.message === 'BEGUN' ? begun : queue
    line.add(lane)
    awaitTurn()
  }

  const countWaiting = (bytes: number) => {
    waitingBytes += bytes
  }
  return {
    admit(stream) {
      const lane: Lane = { stream, heldCount: 0, message: 'NONE' }
      stream.on('readable', () => offer(lane))
      stream.once('close', () => leave(lane))
      const isInLine = () => begun.has(lane) || queue.has(lane)
      return createLane(lane, { offer, leave, countWaiting, isInLine })
    },
  }
}

interface LaneActions {
  offer(lane: Lane): void
  leave(lane: Lane): void
  countWaiting(bytes: number): void
  isInLine(): boolean
}

function createLane(lane: Lane, { offer, leave, countWaiting, isInLine }: LaneActions): ReadLane {
  return {
    endMessage() {
      lane.message = 'NONE'
    },
    hold(bytes) {
      lane.heldCount += 1
      countWaiting(bytes)
      leave(lane)
    },
    letOn(bytes) {
      lane.heldCount -= 1
      countWaiting(-bytes)
      offer(lane)
    },
    isBehind: () => lane.heldCount > 0 || isInLine(),
  }
}
