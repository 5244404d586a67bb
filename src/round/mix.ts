/** Multipliers of MurmurHash3's 32-bit finaliser. */
const MIX_1 = 0x85eb_ca6b
const MIX_2 = 0xc2b2_ae35

export function mix(value: number): number {
  let hash = value
  hash = Math.imul(hash ^ (hash >>> 16), MIX_1)
  hash = Math.imul(hash ^ (hash >>> 13), MIX_2)
  return (hash ^ (hash >>> 16)) >>> 0
}

/** The numbers in an order that looks like chance and is another for another salt. */
export function shuffled<Item>(items: readonly Item[], numberOf: (item: Item) => number, salt: number): Item[] {
  return items
    .map((item) => ({ item, no: numberOf(item), rank: mix(mix(salt | 0) ^ numberOf(item)) }))
    .sort((a, b) => a.rank - b.rank || a.no - b.no)
    .map(({ item }) => item)
}
