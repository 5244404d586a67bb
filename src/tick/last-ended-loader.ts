import { createContextCache } from '@pothos/core'
import DataLoader from 'dataloader'
import type { GraphContext } from '../graph/context.js'
import { type EndedRound, findLastEndedRound } from './find-last-ended-round.js'

/**
 * Makes the way for the fields of one operation to ask for the last ended round together. Without a cache: a
 * subscription's context lives as long as its socket.
 */
export function createLastEndedLoader(): (context: GraphContext) => Promise<EndedRound | null> {
  const loaderOf = createContextCache(
    ({ store, clock }: GraphContext) =>
      new DataLoader<'lastEnded', EndedRound | null>(
        async (asked) => {
          const round = await findLastEndedRound(store, clock.now())
          return asked.map(() => round)
        },
        { cache: false },
      ),
  )
  return (context) => loaderOf(context).load('lastEnded')
}
