/** What rooms tell each other after a commit. Nobody's work depends on hearing it: the database is the record. */
export interface BusEvents {
  /** A website was created, changed or deleted, or a round that asked for it has ended. */
  websiteChanged: { websiteId: string; userId: string; cause: WebsiteChangeCause }
  /** A round is closed: its answers and verdicts may be seen. */
  roundEnded: { roundAt: number; deadlineAt: number }
  /** Websites that were due in a round were asked of nobody, because the budgets of their hosts were used up. */
  websitesLeftOut: { count: number }
  /** Answers of a validator were judged: how many were accepted, and how many refused, by reason. */
  answersJudged: { accepted: number; refused: Readonly<Record<string, number>> }
  /** Validators' second, different answers to tasks were kept as evidence. */
  conflictsKept: { count: number }
  /** An incident was opened, reopened, closed, acknowledged or noted on. */
  incidentChanged: { incidentId: string; websiteId: string; userId: string }
  /** A validator was banned, or a ban was lifted. */
  validatorBanned: { validatorId: string; publicKey: string; banned: boolean }
  /** A validator was suspended, or a suspension was lifted. */
  validatorSuspended: { validatorId: string; suspended: boolean }
  /** Tokens of owners have ended before their time. */
  ownerTokensRevoked: { tokenIds: readonly string[] }
}

export type WebsiteChangeCause = 'CREATED' | 'UPDATED' | 'DELETED' | 'ROUND_ENDED'

type Topic = keyof BusEvents

export interface Bus {
  publish<Name extends Topic>(topic: Name, event: BusEvents[Name]): void
  /** Returns the way to stop listening. A listener must not throw and must not wait. */
  subscribe<Name extends Topic>(topic: Name, listener: (event: BusEvents[Name]) => void): () => void
  /** How many listeners there are, over all topics. */
  listenerCount(): number
}

/** A bus inside one process: it calls its listeners and keeps nothing, so that nothing can pile up in it. */
export function createBus(): Bus {
  const listeners = new Map<Topic, Set<(event: never) => void>>()
  return {
    publish(topic, event) {
      for (const listener of listeners.get(topic) ?? []) (listener as (event: unknown) => void)(event)
    },
    subscribe(topic, listener) {
      const ofTopic = listeners.get(topic) ?? new Set()
      listeners.set(topic, ofTopic)
      ofTopic.add(listener)
      return () => void ofTopic.delete(listener)
    },
    listenerCount: () => [...listeners.values()].reduce((count, ofTopic) => count + ofTopic.size, 0),
  }
}
