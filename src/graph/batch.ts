import { createContextCache } from '@pothos/core'
import DataLoader from 'dataloader'
import type { GraphContext } from './context.js'

/** Answers several questions at once, in their order. An error is the answer to the one that it stands for. */
type ReadMany<Key, Answer> = (keys: readonly Key[]) => Promise<readonly Answer[]>

/** Gathers what is asked one by one in a turn of the event loop, for one reading of at most `sizeMax`. */
export function gather<Key, Answer>(read: ReadMany<Key, Answer>, sizeMax = Infinity) {
  // Without its cache: it would answer a subscription, which lives as long as its socket, with what once was.
  const loader = new DataLoader<Key, Exclude<Answer, Error>>(
    (keys) => read(keys) as Promise<Exclude<Answer, Error>[]>,
    {
      cache: false,
      maxBatchSize: sizeMax,
    },
  )
  return (key: Key) => loader.load(key)
}

/** Gathers what the resolvers of one operation ask one by one, for one reading. */
export function perOperation<Key, Answer>(reader: (context: GraphContext) => ReadMany<Key, Answer>) {
  const gatherFor = createContextCache((context: GraphContext) => gather(reader(context)))
  return (context: GraphContext, key: Key) => gatherFor(context)(key)
}
