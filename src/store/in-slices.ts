export function* inSlices<Item>(items: readonly Item[], sizeMax: number): Iterable<readonly Item[]> {
  for (let first = 0; first < items.length; first += sizeMax) yield items.slice(first, first + sizeMax)
}
