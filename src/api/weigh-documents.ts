import {
  type DocumentNode,
  getOperationAST,
  type GraphQLError,
  type GraphQLSchema,
  type OperationDefinitionNode,
} from 'graphql'
import { type DocumentCost, documentCost, schemaScale } from '../graph/document-cost.js'
import { limitFault } from '../graph/document-limits.js'
import { INTROSPECTED_MAX, INTROSPECTED_PER_COST } from '../limits.js'

export interface Sent {
  operationName?: string | null | undefined
  variables?: Readonly<Record<string, unknown>> | null | undefined
}

interface Weighed {
  price: number
  /** What it has too much of. */
  excess: GraphQLError | null
}

type Weights = Omit<DocumentCost, 'isFixed'>

const NOTHING: Weights = { cost: 0, introspected: 0 }

/** Weighs documents with their variables; those whose variables change nothing are weighed once. */
export function createScale(schema: GraphQLSchema, costMax: number): (document: DocumentNode, sent: Sent) => Weighed {
  const scale = schemaScale(schema)
  const known = new WeakMap<OperationDefinitionNode, Weights>()
  const weigh = (document: DocumentNode, operation: OperationDefinitionNode, { variables }: Sent): Weights => {
    const { isFixed, ...weights } = documentCost(scale, document, operation, variables ?? {})
    if (isFixed) known.set(operation, weights)
    return weights
  }
  return (document, sent) => {
    const operation = getOperationAST(document, sent.operationName)
    // Without an operation nothing is run.
    const { cost, introspected } = operation ? (known.get(operation) ?? weigh(document, operation, sent)) : NOTHING
    const price = cost + Math.ceil(introspected / INTROSPECTED_PER_COST)
    if (cost > costMax) return { price, excess: limitFault('cost', costMax, cost) }
    const isTooMuch = introspected > INTROSPECTED_MAX
    return { price, excess: isTooMuch ? limitFault('introspection', INTROSPECTED_MAX, introspected) : null }
  }
}
