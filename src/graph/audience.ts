import SchemaBuilder, {
  BasePlugin,
  type FieldNullability,
  type InputFieldMap,
  type PothosOutputFieldConfig,
  type SchemaTypes as AnySchemaTypes,
  type TypeParam,
} from '@pothos/core'
import type { GraphQLFieldResolver } from 'graphql'
import { ownerIn, refuseReadOnly } from './actor.js'
import type { GraphContext } from './context.js'
import { fault } from './fault.js'
import type { Identity } from './identity.js'

export type Audience = 'EVERYONE' | 'OWNER' | 'OPERATOR' | 'OWNER_OR_OPERATOR' | 'VALIDATOR'

interface AudienceRule {
  sentence: string
  kinds: readonly Identity['kind'][] | null
  message: string
}

const RULES: Readonly<Record<Audience, AudienceRule>> = {
  EVERYONE: { sentence: 'For everyone.', kinds: null, message: '' },
  OWNER: {
    sentence: 'For owners.',
    kinds: ['owner'],
    message: 'This needs an owner: send `Authorization: Bearer <owner token>`, from logIn or createApiToken.',
  },
  OPERATOR: {
    sentence: 'For operators.',
    kinds: ['operator'],
    message:
      'This needs the operator: send `Authorization: Bearer <operator token>`, which the hub keeps in its data folder.',
  },
  OWNER_OR_OPERATOR: {
    sentence: 'For owners and operators.',
    kinds: ['owner', 'operator'],
    message: 'This needs an owner or the operator: send `Authorization: Bearer <token>`.',
  },
  VALIDATOR: {
    sentence: 'For validators.',
    kinds: ['validator'],
    message: 'This needs a validator: send `Authorization: Bearer <session token>`, from signup.',
  },
}

export const AUDIENCE_PLUGIN = 'overlapsAudience'

declare global {
  export namespace PothosSchemaTypes {
    interface Plugins<Types extends AnySchemaTypes> {
      overlapsAudience: AudiencePlugin<Types>
    }
    interface QueryFieldOptions<
      Types extends AnySchemaTypes,
      Type extends TypeParam<Types>,
      Nullable extends FieldNullability<Type>,
      Args extends InputFieldMap,
      ResolveReturnShape,
    > {
      audience: Audience
    }
    interface MutationFieldOptions<
      Types extends AnySchemaTypes,
      Type extends TypeParam<Types>,
      Nullable extends FieldNullability<Type>,
      Args extends InputFieldMap,
      ResolveReturnShape,
    > {
      audience: Audience
    }
    interface SubscriptionFieldOptions<
      Types extends AnySchemaTypes,
      Type extends TypeParam<Types>,
      Nullable extends FieldNullability<Type>,
      Args extends InputFieldMap,
      ResolveShape,
      ResolveReturnShape,
    > {
      audience: Audience
    }
  }
}

/** Checks and describes the audience of every root field; a root field without one does not build. */
class AudiencePlugin<Types extends AnySchemaTypes> extends BasePlugin<Types> {
  override onOutputFieldConfig(config: PothosOutputFieldConfig<Types>): PothosOutputFieldConfig<Types> {
    const audience = audienceOf(config)
    if (audience === null) return config
    return { ...config, description: `${config.description} ${RULES[audience].sentence}` }
  }

  override wrapResolve(resolve: Resolver<Types>, config: PothosOutputFieldConfig<Types>): Resolver<Types> {
    // A subscription's source was checked, so its events need not be.
    return config.kind === 'Subscription' ? resolve : guard(resolve, config)
  }

  override wrapSubscribe(
    subscribe: Resolver<Types> | undefined,
    config: PothosOutputFieldConfig<Types>,
  ): Resolver<Types> | undefined {
    return subscribe && guard(subscribe, config)
  }
}

type Resolver<Types extends AnySchemaTypes> = GraphQLFieldResolver<unknown, Types['Context'], object>

interface FieldConfig {
  kind: string
  parentType: string
  name: string
  pothosOptions: object
}

function audienceOf({ kind, parentType, name, pothosOptions }: FieldConfig): Audience | null {
  if (kind !== 'Query' && kind !== 'Mutation' && kind !== 'Subscription') return null
  const { audience } = pothosOptions as { audience?: Audience }
  if (audience === undefined) throw new Error(`${parentType}.${name} does not say who may call it`)
  return audience
}

function guard<Types extends AnySchemaTypes>(
  resolve: Resolver<Types>,
  config: PothosOutputFieldConfig<Types>,
): Resolver<Types> {
  const audience = audienceOf(config)
  if (audience === null) return resolve
  return (root, args, anyContext, info) => {
    const context = anyContext as GraphContext
    // Before the audience: a read-only token may not call any mutation.
    if (config.kind === 'Mutation' && context.identity.kind === 'owner') refuseReadOnly(ownerIn(context))
    refuseOthers(audience, context)
    return resolve(root, args, context, info)
  }
}

export function isFor(audience: Audience, { kind }: Identity): boolean {
  return RULES[audience].kinds?.includes(kind) ?? true
}

/** UNAUTHENTICATED without a token, and for all others on validators' fields (PROTOCOL §3.2). */
function refuseOthers(audience: Audience, { identity }: GraphContext): void {
  if (isFor(audience, identity)) return
  const isTokenMissing = identity.kind === 'anonymous' || audience === 'VALIDATOR'
  throw fault(isTokenMissing ? 'UNAUTHENTICATED' : 'FORBIDDEN', RULES[audience].message)
}

SchemaBuilder.registerPlugin(AUDIENCE_PLUGIN, AudiencePlugin)
