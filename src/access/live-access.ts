import type { Identity } from '../graph/identity.js'
import { LIVE_ACCESS_CHECK_MS } from '../limits.js'
import type { Parts } from '../parts.js'
import { repeat } from '../repeat.js'
import { findWithdrawn, type Withdrawal } from './find-withdrawn.js'

export interface LiveAccess {
  /** Watches until the returned function is called. `onWithdrawn` may be called more than once. */
  follow(identity: Identity, onWithdrawn: (withdrawal: Withdrawal) => void): () => void
  close(): Promise<void>
}

type Listener = (withdrawal: Withdrawal) => void

/** This hub's own changes arrive by the bus at once, all others by one lookup of all identities every few seconds. */
export function createLiveAccess(parts: Pick<Parts, 'store' | 'bus' | 'clock' | 'log'>): LiveAccess {
  const { store, bus, clock, log } = parts
  const owners = new Map<string, Set<Listener>>()
  const validators = new Map<string, Set<Listener>>()
  const withdraw = (from: Map<string, Set<Listener>>, id: string, withdrawal: Withdrawal) => {
    for (const tell of Array.from(from.get(id) ?? [])) tell(withdrawal)
  }
  const stopListening = [
    bus.subscribe('ownerTokensRevoked', ({ tokenIds }) => {
      for (const id of tokenIds) withdraw(owners, id, 'ENDED')
    }),
    bus.subscribe('validatorBanned', ({ validatorId, banned }) => {
      if (banned) withdraw(validators, validatorId, 'ENDED')
    }),
    bus.subscribe('validatorSuspended', ({ validatorId, suspended }) => {
      if (suspended) withdraw(validators, validatorId, 'SUSPENDED')
    }),
  ]

  const check = async () => {
    if (owners.size + validators.size === 0) return
    const live = { tokenIds: [...owners.keys()], validatorIds: [...validators.keys()] }
    const withdrawn = await findWithdrawn(store.sql, live, clock.now())
    for (const { id, withdrawal } of withdrawn) {
      withdraw(owners, id, withdrawal)
      withdraw(validators, id, withdrawal)
    }
  }
  const checking = repeat(clock, LIVE_ACCESS_CHECK_MS, check, (error) =>
    log.warn({ error }, 'could not check whether peers still have access'),
  )

  return {
    follow(identity, onWithdrawn) {
      const place = placeOf(identity, { owners, validators })
      if (place === null) return () => undefined
      const listeners = place.map.get(place.id) ?? new Set()
      place.map.set(place.id, listeners)
      // Two peers may pass the same function; each must be removable by itself.
      const listener: Listener = (withdrawal) => onWithdrawn(withdrawal)
      listeners.add(listener)
      return () => {
        listeners.delete(listener)
        if (listeners.size === 0 && place.map.get(place.id) === listeners) place.map.delete(place.id)
      }
    },
    async close() {
      for (const stop of stopListening) stop()
      await checking.close()
    },
  }
}

function placeOf(identity: Identity, maps: Record<'owners' | 'validators', Map<string, Set<Listener>>>) {
  switch (identity.kind) {
    case 'owner':
      return { map: maps.owners, id: identity.tokenId }
    case 'validator':
      // A live socket outlives its session's token (PROTOCOL §3), so the key counts.
      return { map: maps.validators, id: identity.validatorId }
    // Nothing is kept about strangers, and a new operator token needs a restart.
    case 'anonymous':
    case 'operator':
      return null
  }
}

/** Short enough for the close reason of a socket. */
export function describeWithdrawal({ kind }: Identity, withdrawal: Withdrawal): string {
  if (withdrawal === 'SUSPENDED')
    return 'The operator has suspended this validator: it gets no tasks until that is lifted.'
  if (kind === 'validator') return 'This key is banned: contact the operator of the hub.'
  return 'The token that this began with was revoked or has run out.'
}
