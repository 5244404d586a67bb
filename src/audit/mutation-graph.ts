import {
  getNamedType,
  type GraphQLFieldResolver,
  type GraphQLNamedType,
  type GraphQLObjectType,
  type GraphQLSchema,
  isObjectType,
  isUnionType,
} from 'graphql'
import type { GraphContext } from '../graph/context.js'
import { describeChange } from './describe-change.js'
import { recordEntry } from './record-entry.js'

/** Done by validators with signatures of their own, of which more is kept than an entry would tell. */
export const UNRECORDED_MUTATIONS: ReadonlySet<string> = new Set([
  'createSignupChallenge',
  'signup',
  'submitTick',
  'submitTicks',
])

type MutationResolver = GraphQLFieldResolver<unknown, GraphContext, Record<string, unknown>>

/** Those whose verbs write their entry in their own transaction. */
const RECORDED_BY_VERBS: ReadonlySet<string> = new Set([
  'register',
  'logIn',
  'logOut',
  'changePassword',
  'createApiToken',
  'revokeApiToken',
  'createOwner',
  'revokeOwnerTokens',
  'denyHost',
  'allowHost',
  'setValidatorBan',
  'setValidatorSuspension',
  'startRound',
  'trustClock',
  'dropFutureRounds',
])

/** Puts around every other mutation that what was changed is in the log of changes. */
export function superviseMutations(schema: GraphQLSchema): GraphQLSchema {
  for (const [name, field] of Object.entries(schema.getMutationType()?.getFields() ?? {})) {
    const { resolve } = field as { resolve?: MutationResolver }
    if (!resolve) throw new Error(`the mutation ${name} has no resolver`)
    const typeName = findThing(getNamedType(field.type))?.name ?? null
    if (UNRECORDED_MUTATIONS.has(name) || RECORDED_BY_VERBS.has(name)) continue
    const supervised: MutationResolver = (root, args, context, info) =>
      recordOutcome(resolve(root, args, context, info), context, { action: name, typeName, args })
    field.resolve = supervised
  }
  return schema
}

/** The first type with an id of its own in what a mutation answers with: what it was about. */
function findThing(type: GraphQLNamedType): GraphQLObjectType | null {
  if (isUnionType(type))
    return (
      type
        .getTypes()
        .map(findThingIn)
        .find((found) => found !== null) ?? null
    )
  return hasId(type) ? type : null
}

function findThingIn(success: GraphQLObjectType): GraphQLObjectType | null {
  const types = Object.values(success.getFields()).map(({ type }) => getNamedType(type))
  return types.find(hasId) ?? null
}

function hasId(type: GraphQLNamedType): type is GraphQLObjectType {
  return isObjectType(type) && 'id' in type.getFields()
}

/**
 * Writes the entry once the mutation has committed, before it is answered. Not in its transaction: rooms write in as many
 * ways as they have verbs, and one place cannot be forgotten. An entry that cannot be written is in the hub's log instead.
 */
async function recordOutcome(
  outcome: unknown,
  context: GraphContext,
  described: { action: string; typeName: string | null; args: Record<string, unknown> },
): Promise<unknown> {
  const result = await outcome
  if (!hasChanged(result)) return result
  for (const change of changesIn(result)) {
    const entry = describeChange({ ...described, result: change, identity: context.identity, now: context.clock.now() })
    await recordEntry(context.store.sql, entry).catch((error: unknown) => {
      context.log.error({ error, entry }, 'a change could not be written to the log of changes')
    })
  }
  return result
}

/** What was done to many things is as many changes, less those that were refused. */
function changesIn(result: Record<string, unknown>): Record<string, unknown>[] {
  const { results } = result
  return Array.isArray(results) ? results.filter(hasChanged) : [result]
}

/** A refusal has changed nothing, and nothing was there for a null. */
function hasChanged(result: unknown): result is Record<string, unknown> {
  return typeof result === 'object' && result !== null && !('kind' in result && result.kind === 'refused')
}
