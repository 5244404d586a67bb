import type { Readable } from 'node:stream'

interface GateLimits {
  /** Over all streams, give or take one piece. */
  turnMaxBytes: number
  /** While this much waits to be handled, nothing large is read. */
  waitingMaxBytes: number
  /** A smaller piece is read at once: it costs little, and may be a ping. */
  largeMinBytes: number
}

/** Bounds what is read in one turn over all sockets: two hundred batches at once are 50 MB and block everything. */
export interface ReadGate {
  /** The stream now gives data only when let; the rest waits in the peer's kernel. */
  admit(stream: Readable): ReadLane
}

export interface ReadLane {
  /** What follows the message queues behind the others. */
  endMessage(): void
  /** A message waits to be handled: nothing more is read until `letOn` has been called as often. */
  hold(bytes: number): void
  letOn(bytes: number): void
  /** Whether unread data of the peer waits here. */
  isBehind(): boolean
}

interface Lane {
  stream: Readable
  heldCount: number
  /** A message that has begun may finish, so that few are in memory in part. */
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
    // With a `readable` listener, `read` is what emits `data`, and `end` when nothing more comes.
    lane.stream.read()
  }

  const awaitTurn = () => {
    if (turnIsDue) return
    turnIsDue = true
    setImmediate(() => {
      turnIsDue = false
      turnBytes = 0
      // Lanes that reading brings back go to the end of the line.
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
