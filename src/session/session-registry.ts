import type { Parts } from '../parts.js'
import { networkOf } from '../validator/network-of.js'
import type { TaskSource } from './task.js'
import { TaskStream } from './task-stream.js'
import { createTurnstile } from '../turnstile.js'

export interface Session {
  validatorId: string
  validatorNo: number
  publicKey: string
  agentVersion: string | null
  address: string
  /** What the address counts as when votes are counted by network. */
  network: string
  startedAt: Date
}

interface OpenSession extends Session {
  stream: TaskStream
}

/** Who is connected to this hub. Of a key's several subscriptions the newest gets the tasks. */
export interface SessionRegistry {
  open(session: Omit<Session, 'network' | 'startedAt'>): TaskStream
  /** One session a validator, its newest, in the order of their numbers. */
  list(): Session[]
  find(validatorId: string): Session | null
  /** Subscriptions, older ones of the same key included. */
  count(): number
  /** Gives a round's tasks to the validator's newest session, if it still has one. */
  send(validatorId: string, source: TaskSource): void
  close(): void
}

export function createSessionRegistry({ clock }: Pick<Parts, 'clock'>): SessionRegistry {
  /** By validator; in each list the newest is last. */
  const sessions = new Map<string, OpenSession[]>()
  const turnstile = createTurnstile()
  const newest = (validatorId: string) => sessions.get(validatorId)?.at(-1)

  const remove = (session: OpenSession) => {
    const left = (sessions.get(session.validatorId) ?? []).filter((other) => other !== session)
    if (left.length > 0) sessions.set(session.validatorId, left)
    else sessions.delete(session.validatorId)
  }

  return {
    open(described) {
      const stream = new TaskStream({ clock, turnstile }, () => remove(session))
      const session: OpenSession = {
        ...described,
        network: networkOf(described.address, described.publicKey),
        startedAt: new Date(clock.now()),
        stream,
      }
      sessions.set(described.validatorId, [...(sessions.get(described.validatorId) ?? []), session])
      return stream
    },
    list: () =>
      [...sessions.keys()]
        .flatMap((validatorId) => newest(validatorId) ?? [])
        .sort((a, b) => a.validatorNo - b.validatorNo),
    count: () => [...sessions.values()].flat().length,
    find: (validatorId) => newest(validatorId) ?? null,
    send: (validatorId, source) => newest(validatorId)?.stream.push(source),
    close() {
      for (const session of [...sessions.values()].flat()) session.stream.end()
    },
  }
}
