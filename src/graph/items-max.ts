import type { GraphQLField } from 'graphql'

type ItemsMax = number | ((args: Record<string, unknown>) => number)

/** What a list counts as in a schema that was not made by the builder, which refuses one that states nothing. */
const UNSTATED = 10

/** The most items of a list, or what says so by the field's coerced arguments: its weight in a document's cost. */
export function atMost(itemsMax: ItemsMax): { itemsMax: ItemsMax } {
  return { itemsMax }
}

/** The most items of a list field. @param args reads the field's coerced arguments, where they matter. */
export function itemsMaxOf(
  { extensions }: GraphQLField<unknown, unknown>,
  args: () => Record<string, unknown>,
): number {
  const itemsMax = (extensions as { itemsMax?: ItemsMax }).itemsMax ?? UNSTATED
  return typeof itemsMax === 'number' ? itemsMax : itemsMax(args())
}
