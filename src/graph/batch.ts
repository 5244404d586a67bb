import { createContextCache } from '@pothos/core'
import DataLoader from 'dataloader'
import type { GraphContext } from './context.js'

/** Collects the keys asked for in one turn of the event loop into reads of at most `sizeMax`. */
export function gather<Key, Answer>(
  read: (keys: readonly Key[]) => Promise<readonly Answer[]>,
  sizeMax = Infinity,
): (key: Key) => Promise<Exclude<Answer, Error>> {
  // No cache: a subscription lives as long as its socket, and would keep getting old answers.
  const options = { cache: false, maxBatchSize: sizeMax }
  const loader = new DataLoader<Key, Answer>(read, options)
  // The loader throws errors among the answers to whoever asked for them.
  return (key) => loader.load(key) as Promise<Exclude<Answer, Error>>
}

/** As `gather`, for the resolvers of one operation. */
export function perOperation<Key, Answer>(
  read: (context: GraphContext, keys: readonly Key[]) => Promise<readonly Answer[]>,
): (context: GraphContext, key: Key) => Promise<Exclude<Answer, Error>> {
  const gatherFor = createContextCache((context: GraphContext) => gather((keys: readonly Key[]) => read(context, keys)))
  return (context, key) => gatherFor(context)(key)
}
