import { lexicographicSortSchema, printSchema } from 'graphql'
import { buildSchema } from './schema.js'

export function printHubSchema(): string {
  return printSchema(lexicographicSortSchema(buildSchema()))
}
