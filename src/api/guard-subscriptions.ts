import type { GraphQLFieldResolver, GraphQLSchema } from 'graphql'
import type { GraphContext } from '../graph/context.js'
import { fault } from '../graph/fault.js'
import type { Identity } from '../graph/identity.js'
import type { Withdrawal } from '../access/find-withdrawn.js'
import { GuardedStream, WithdrawnEvent } from './guarded-stream.js'
import { describeWithdrawal, type LiveAccess } from '../access/live-access.js'

declare module '../graph/context.js' {
  interface GraphContext {
    liveAccess: LiveAccess
  }
}

type SubscriptionResolver = GraphQLFieldResolver<unknown, GraphContext, Record<string, unknown>>

/** Ends every subscription whose peer loses access. It wraps the schema itself, so that no new one can miss it. */
export function guardSubscriptions(schema: GraphQLSchema): GraphQLSchema {
  for (const [name, field] of Object.entries(schema.getSubscriptionType()?.getFields() ?? {})) {
    const { subscribe, resolve } = field as { subscribe?: SubscriptionResolver; resolve?: SubscriptionResolver }
    if (!subscribe || !resolve) throw new Error(`the subscription ${name} has no source`)
    const guarded: SubscriptionResolver = async (root, args, context, info) => {
      const source = (await subscribe(root, args, context, info)) as AsyncIterableIterator<unknown>
      return new GuardedStream(source, (onWithdrawn) => context.liveAccess.follow(context.identity, onWithdrawn))
    }
    const told: SubscriptionResolver = (event, args, context, info) => {
      if (event instanceof WithdrawnEvent) throw withdrawalFault(context.identity, event.withdrawal)
      return resolve(event, args, context, info)
    }
    field.subscribe = guarded
    field.resolve = told
  }
  return schema
}

function withdrawalFault(identity: Identity, withdrawal: Withdrawal) {
  return fault(withdrawal === 'ENDED' ? 'UNAUTHENTICATED' : 'FORBIDDEN', describeWithdrawal(identity, withdrawal))
}
