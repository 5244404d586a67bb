import SchemaBuilder, {
  BasePlugin,
  isThenable,
  type PothosOutputFieldConfig,
  type SchemaTypes as AnySchemaTypes,
} from '@pothos/core'
import type { GraphQLFieldResolver } from 'graphql'
import type { Answer } from './answer.js'
import type { GraphContext } from './context.js'

export const ANSWER_PLUGIN = 'overlapsAnswer'

declare global {
  export namespace PothosSchemaTypes {
    interface Plugins<Types extends AnySchemaTypes> {
      overlapsAnswer: AnswerPlugin<Types>
    }
  }
}

type Resolver<Types extends AnySchemaTypes> = GraphQLFieldResolver<unknown, Types['Context'], object>

type Count = (answer: Answer, value: unknown) => unknown

/** Has every field count what it adds to the answer, and every list say how many items it can hold. */
class AnswerPlugin<Types extends AnySchemaTypes> extends BasePlugin<Types> {
  override onOutputFieldConfig(config: PothosOutputFieldConfig<Types>): PothosOutputFieldConfig<Types> {
    const { type, parentType, name, extensions } = config
    if (type.kind === 'List' && !(extensions && 'itemsMax' in extensions)) {
      throw new Error(`${parentType}.${name} does not say how many items it can hold: use atMost`)
    }
    return config
  }

  override wrapResolve(resolve: Resolver<Types>, config: PothosOutputFieldConfig<Types>): Resolver<Types> {
    const count = countOf(config.type)
    return (root, args, anyContext, info) => {
      const { answer } = anyContext as GraphContext
      if (!answer) return resolve(root, args, anyContext, info)
      const never = answer.addField(String(info.path.key))
      if (never) return never
      const value = resolve(root, args, anyContext, info)
      return isThenable(value) ? value.then((awaited) => count(answer, awaited)) : count(answer, value)
    }
  }
}

interface FieldType {
  kind: string
  type?: FieldType
}

function countOf(type: FieldType): Count {
  if (isLeaf(type)) return addLeaf
  return type.kind === 'List' ? addList : addObject
}

/** A list of scalars has no fields below it either. */
function isLeaf({ kind, type }: FieldType): boolean {
  if (kind === 'List' && type) return isLeaf(type)
  return kind === 'Scalar' || kind === 'Enum'
}

const addLeaf: Count = (answer, value) => answer.addLeaf(value)
const addObject: Count = (answer, value) => answer.addObject(value)
const addList: Count = (answer, value) => (Array.isArray(value) ? answer.addList(value) : value)

SchemaBuilder.registerPlugin(ANSWER_PLUGIN, AnswerPlugin)
