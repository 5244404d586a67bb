import { createContextCache } from '@pothos/core'
import DataLoader from 'dataloader'
import type { GraphContext } from './context.js'

/** Gathers what is asked one by one in a turn of the event loop, for one reading of at most `sizeMax` keys. */
export function gather<Key, Answer>(
  read: (keys: readonly Key[]) => Promise<readonly Answer[]>,
  sizeMax = Infinity,
): (key: Key) => Promise<Exclude<Answer, Error>> {
  // Without its cache: it would answer a subscription, which lives as long as its socket, with what once was.
  const options = { cache: false, maxBatchSize: sizeMax }
  const loader = new DataLoader<Key, Answer>(read, options)
  // An error among the answers is thrown to whoever asked for it.
  return (key) => loader.load(key) as Promise<Exclude<Answer, Error>>
}

/** Gathers what the resolvers of one operation ask one by one, for one reading. */
export function perOperation<Key, Answer>(
  read: (context: GraphContext, keys: readonly Key[]) => Promise<readonly Answer[]>,
): (context: GraphContext, key: Key) => Promise<Exclude<Answer, Error>> {
  const gatherFor = createContextCache((context: GraphContext) => gather((keys: readonly Key[]) => read(context, keys)))
  return (context, key) => gatherFor(context)(key)
}
