import { Socket } from 'node:net'
import pg from 'pg'
import { DATABASE_BEAT_MS, DATABASE_BEATS_MISSED_MAX } from '../limits.js'
import { DatabaseAway } from './database-away.js'

/**
 * Finds out that a PostgreSQL which takes what is sent does not answer, which no connection tells by itself. It asks every
 * half a second, on a connection of its own. When nothing comes back for some of those, all connections are ended, for
 * theirs is the same road, and new ones end at once until there is an answer again: nobody waits for nothing, and nothing
 * that hangs keeps a place among the connections. A refusal is an answer too: whoever meets it himself knows at once.
 */
export class PostgresWatch {
  readonly #options: pg.ClientConfig
  readonly #onSilence: (error: Error) => void
  readonly #sockets = new Set<Socket>()
  #isSilent = false
  #client: pg.Client | null = null
  /** The client while it waits for its answer. */
  #asking: pg.Client | null = null
  #missedCount = 0
  #timer: NodeJS.Timeout | undefined
  #isClosed = false

  /** @param onSilence is told when answers fail to come, once until there is one again. */
  constructor(options: pg.ClientConfig, onSilence: (error: Error) => void) {
    this.#options = { ...options, application_name: 'overlaps watch' }
    this.#onSilence = onSilence
  }

  /** A connection's socket; it ends as soon as the database is found silent, and whoever waits on it is told. */
  createSocket(): Socket {
    const socket = new Socket()
    this.#sockets.add(socket)
    socket.once('close', () => this.#sockets.delete(socket))
    // Not before whoever has asked for it listens.
    if (this.#isSilent) process.nextTick(() => socket.destroy(new DatabaseAway()))
    return socket
  }

  begin(): void {
    // Each beat is armed by the one before: time in which this process or the whole machine stood still is one beat.
    if (!this.#isClosed) this.#timer = setTimeout(() => this.#beat(), DATABASE_BEAT_MS).unref()
  }

  /** Ends what is still open: a peer that does not answer does not answer to a goodbye either. */
  close(): void {
    this.#isClosed = true
    clearTimeout(this.#timer)
    if (this.#client) this.#drop(this.#client)
    for (const socket of this.#sockets) socket.destroy()
  }

  #beat(): void {
    if (this.#asking === null) void this.#ask()
    else if (++this.#missedCount >= DATABASE_BEATS_MISSED_MAX) this.#giveUp(this.#asking)
    this.begin()
  }

  async #ask(): Promise<void> {
    const isNew = this.#client === null
    const asked = (this.#client ??= this.#open())
    this.#asking = asked
    this.#missedCount = 0
    try {
      if (isNew) await asked.connect()
      await asked.query('SELECT 1')
      if (this.#asking === asked) this.#asking = null
      this.#isSilent = false
    } catch {
      // Given up already, it says nothing about the database.
      if (this.#asking === asked) this.#isSilent = false
      this.#drop(asked)
    }
  }

  #open(): pg.Client {
    const client = new pg.Client(this.#options)
    client.on('error', () => this.#drop(client))
    return client
  }

  #giveUp(silent: pg.Client): void {
    const error = new DatabaseAway()
    if (!this.#isSilent) this.#onSilence(error)
    this.#isSilent = true
    this.#drop(silent)
    for (const socket of this.#sockets) socket.destroy(error)
  }

  #drop(client: pg.Client): void {
    if (this.#client === client) this.#client = null
    if (this.#asking === client) this.#asking = null
    client.connection.stream.destroy()
  }
}
