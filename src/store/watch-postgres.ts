import { Socket } from 'node:net'
import pg from 'pg'
import { DATABASE_BEAT_MS, DATABASE_BEATS_MISSED_MAX } from '../limits.js'
import { DatabaseAway } from './database-away.js'

/**
 * Detects a PostgreSQL that accepts data but never answers, which no connection reports by itself. After several misses
 * all connections end, and new ones at once, until an answer comes. A refusal counts as an answer.
 */
export class PostgresWatch {
  readonly #options: pg.ClientConfig
  readonly #onSilence: (error: Error) => void
  readonly #sockets = new Set<Socket>()
  #isSilent = false
  #client: pg.Client | null = null
  #asking: pg.Client | null = null
  #missedCount = 0
  #timer: NodeJS.Timeout | undefined
  #isClosed = false

  /** `onSilence` is called once for each silence. */
  constructor(options: pg.ClientConfig, onSilence: (error: Error) => void) {
    this.#options = { ...options, application_name: 'overlaps watch' }
    this.#onSilence = onSilence
  }

  /** Ends as soon as the database is found silent, with an error for whoever waits on it. */
  createSocket(): Socket {
    const socket = new Socket()
    this.#sockets.add(socket)
    socket.once('close', () => this.#sockets.delete(socket))
    // Later than the return, so that the caller can listen first.
    if (this.#isSilent) process.nextTick(() => socket.destroy(new DatabaseAway()))
    return socket
  }

  begin(): void {
    // Each beat is armed by the previous one: however long the process or machine was suspended, it counts as one beat.
    if (!this.#isClosed) this.#timer = setTimeout(() => this.#beat(), DATABASE_BEAT_MS).unref()
  }

  /** Ends what is still open: a silent peer would not answer a goodbye either. */
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
