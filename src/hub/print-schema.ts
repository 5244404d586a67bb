import { lexicographicSortSchema, printSchema } from 'graphql'
import { buildSchema } from './schema.js'

/** The whole schema as text: what `schema.graphql` holds. */
export function printHubSchema(): string {
  return printSchema(lexicographicSortSchema(buildSchema()))
}
