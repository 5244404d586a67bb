/** What rooms tell each other after a commit. No room depends on hearing it: the database is the record. */
export interface BusEvents {
  /** Also published when a round that asked for the website has ended. */
  websiteChanged: { websiteId: string; userId: string; cause: WebsiteChangeCause }
  /** From now on the answers and verdicts of the round may be seen. */
  roundEnded: { roundAt: number; deadlineAt: number }
  /** Websites that were due in a round but were not checked, because the budgets of their hosts were used up. */
  websitesLeftOut: { count: number }
  /** `refused` counts by reason. */
  answersJudged: { accepted: number; refused: Readonly<Record<string, number>> }
  conflictsKept: { count: number }
  /** Opened, reopened, closed, acknowledged or noted on. */
  incidentChanged: { incidentId: string; websiteId: string; userId: string }
  validatorBanned: { validatorId: string; publicKey: string; banned: boolean }
  validatorSuspended: { validatorId: string; suspended: boolean }
  ownerTokensRevoked: { tokenIds: readonly string[] }
}

export type WebsiteChangeCause = 'CREATED' | 'UPDATED' | 'DELETED' | 'ROUND_ENDED'

type Topic = keyof BusEvents

export interface Bus {
  publish<Name extends Topic>(topic: Name, event: BusEvents[Name]): void
  /** Returns a function that unsubscribes. A listener must not throw and must not wait. */
  subscribe<Name extends Topic>(topic: Name, listener: (event: BusEvents[Name]) => void): () => void
  listenerCount(): number
}

/** Calls its listeners at once and keeps nothing, so nothing can pile up in it. */
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
