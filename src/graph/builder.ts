import SchemaBuilder from '@pothos/core'
import PrismaPlugin from '@pothos/plugin-prisma'
import RelayPlugin from '@pothos/plugin-relay'
import type PrismaTypes from '../generated/pothos.js'
import { getDatamodel } from '../generated/pothos.js'
import type { GraphContext } from './context.js'
import { addProblem, type Problem } from './problem.js'
import { addScalars } from './scalars.js'

interface SchemaTypes {
  Context: GraphContext
  PrismaTypes: PrismaTypes
  DefaultFieldNullability: false
  DefaultInputFieldRequiredness: true
  Interfaces: { Problem: Problem }
  Scalars: {
    ID: { Input: string; Output: string }
    DateTime: { Input: string; Output: Date }
    BigInt: { Input: string; Output: bigint }
    PublicKey: { Input: string; Output: string }
    Signature: { Input: string; Output: string }
    Hash: { Input: string; Output: string }
  }
}

export type Builder = PothosSchemaTypes.SchemaBuilder<PothosSchemaTypes.ExtendDefaultTypes<SchemaTypes>>

/** The one schema builder, with what every room's graph uses. Rooms add to it in the order of the arrow. */
export function createBuilder(): Builder {
  const builder: Builder = new SchemaBuilder<SchemaTypes>({
    plugins: [PrismaPlugin, RelayPlugin],
    defaultFieldNullability: false,
    defaultInputFieldRequiredness: true,
    prisma: {
      client: (context) => context.store.prisma,
      dmmf: getDatamodel(),
      maxConnectionSize: 100,
      defaultConnectionSize: 20,
      onUnusedQuery: null,
    },
    relay: {
      clientMutationId: 'omit',
      cursorType: 'String',
      edgesFieldOptions: { description: 'The items of this page, each with its cursor.' },
      nodeQueryOptions: false,
      nodesQueryOptions: false,
    },
  })
  builder.queryType({ description: 'What can be asked.' })
  builder.mutationType({ description: 'What can be changed.' })
  builder.subscriptionType({ description: 'What can be followed.' })
  addScalars(builder)
  addProblem(builder)
  return builder
}
