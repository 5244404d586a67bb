import type { GraphQLField } from 'graphql'

type ItemsMax = number | ((args: Record<string, unknown>) => number)

/** What a list counts as in a schema that was not made by the builder, which refuses one that states nothing. */
const UNSTATED = 10

/**
 * States how many items a list can hold at most, which is what it weighs in a document's cost.
 * @param itemsMax a number, or what it is for the field's arguments as they were coerced.
 */
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
