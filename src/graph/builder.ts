import type { PrismaModelTypes, PrismaObjectRef } from '@pothos/plugin-prisma'
import type PrismaTypes from '../generated/pothos.js'
import type { GraphContext } from './context.js'
import type { Refusal } from './problem.js'

export interface SchemaTypes {
  Context: GraphContext
  PrismaTypes: PrismaTypes
  DefaultFieldNullability: false
  DefaultInputFieldRequiredness: true
  DefaultEdgesNullability: { list: false; items: false }
  DefaultNodeNullability: false
  Interfaces: {
    Node: { id: string }
    Problem: { message: string }
    InputProblem: Refusal<string>
  }
  Scalars: {
    ID: { Input: string; Output: string }
    DateTime: { Input: string; Output: Date }
    BigInt: { Input: string; Output: bigint }
    PublicKey: { Input: string; Output: string }
    Signature: { Input: string; Output: string }
    Hash: { Input: string; Output: string }
  }
}

export type Types = PothosSchemaTypes.ExtendDefaultTypes<SchemaTypes>

export type Builder = PothosSchemaTypes.SchemaBuilder<Types>

export type ObjectRef<Shape> = PothosSchemaTypes.ObjectRef<Types, Shape>
export type InterfaceRef<Shape> = PothosSchemaTypes.InterfaceRef<Types, Shape>
export type InputRef<Shape> = PothosSchemaTypes.InputObjectRef<Types, Shape>
export type EnumRef<Value> = PothosSchemaTypes.EnumRef<Types, Value>
export type ModelRef<Name extends keyof PrismaTypes> = PrismaObjectRef<
  Types,
  PrismaModelTypes & PrismaTypes[Name],
  PrismaTypes[Name]['Shape']
>
