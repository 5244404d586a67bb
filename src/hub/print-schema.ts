import { lexicographicSortSchema, printSchema } from 'graphql'
import { hubSchema } from './schema.js'

export function printHubSchema(): string {
  return printSchema(lexicographicSortSchema(hubSchema()))
}
