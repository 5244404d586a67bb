import {
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  GraphQLError,
  Kind,
  type SelectionSetNode,
} from 'graphql'
import { MERGED_FIELDS_MAX, MERGED_PAIRS_MAX } from '../limits.js'
import { fault } from './fault.js'

/** How much there is to compare when fields of the same response name are merged. */
export interface MergeWork {
  /** Fields with their fragments spread out. */
  fields: number
  /** Pairs that validation looks at: fields with one response name in one place, and operations with fragments. */
  pairs: number
}

/**
 * Measures a document before the rules of validation whose work is not linear in its length: `OverlappingFieldsCanBeMerged`
 * compares pairs, and some rules follow fragments until their stack overflows. Takes time in proportion to `fields`.
 * @throws LIMIT_EXCEEDED beyond the limits; GRAPHQL_VALIDATION_FAILED where fragments spread themselves.
 */
export function measureMerging(document: DocumentNode): MergeWork {
  const fragments = new Map<string, FragmentDefinitionNode>()
  for (const definition of document.definitions) {
    if (definition.kind === Kind.FRAGMENT_DEFINITION) fragments.set(definition.name.value, definition)
  }
  refuseCircles(fragments)
  // Rules about variables follow all fragments of each operation.
  const operationCount = document.definitions.length - fragments.size
  const work: MergeWork = { fields: 0, pairs: 0 }
  addPairs(work, operationCount * fragments.size)
  for (const definition of document.definitions) {
    if ('selectionSet' in definition) measureMerged([definition.selectionSet], fragments, work)
  }
  return work
}

type Fragments = ReadonlyMap<string, FragmentDefinitionNode>

/** Measures selection sets that stand in one place of the answer, and what lies below them. */
function measureMerged(sets: readonly SelectionSetNode[], fragments: Fragments, work: MergeWork): void {
  const byName = new Map<string, FieldNode[]>()
  collect(sets, { fragments, spread: new Set(), byName, work })
  for (const fields of byName.values()) {
    addPairs(work, (fields.length * (fields.length - 1)) / 2)
    const below = fields.flatMap(({ selectionSet }) => selectionSet ?? [])
    if (below.length > 0) measureMerged(below, fragments, work)
  }
}

interface Collecting {
  fragments: Fragments
  /** Each fragment counts once in a place. */
  spread: Set<string>
  byName: Map<string, FieldNode[]>
  work: MergeWork
}

function collect(sets: readonly SelectionSetNode[], collecting: Collecting): void {
  const { fragments, spread, byName, work } = collecting
  for (const selection of sets.flatMap(({ selections }) => selections)) {
    work.fields += 1
    refuseExcess(work.fields, MERGED_FIELDS_MAX, 'fields with its fragments spread out', 'fields')
    if (selection.kind === Kind.FIELD) {
      const name = selection.alias?.value ?? selection.name.value
      const others = byName.get(name)
      if (others) others.push(selection)
      else byName.set(name, [selection])
    } else if (selection.kind === Kind.INLINE_FRAGMENT) {
      collect([selection.selectionSet], collecting)
    } else if (!spread.has(selection.name.value)) {
      spread.add(selection.name.value)
      const fragment = fragments.get(selection.name.value)
      if (fragment) collect([fragment.selectionSet], collecting)
    }
  }
}

function addPairs(work: MergeWork, pairs: number): void {
  work.pairs += pairs
  refuseExcess(
    work.pairs,
    MERGED_PAIRS_MAX,
    'pairs of fields with the same name, or of operations and fragments',
    'pairs',
  )
}

function refuseExcess(count: number, most: number, what: string, of: string): void {
  if (count <= most) return
  throw fault('LIMIT_EXCEEDED', `The document has more than ${most} ${what}: ask for less at once.`, {
    limit: most,
    of,
  })
}

/** By Kahn's algorithm, without calling itself: a fragment that is left over spreads itself, directly or through others. */
function refuseCircles(fragments: Fragments): void {
  const spreads = new Map([...fragments].map(([name, { selectionSet }]) => [name, spreadIn(selectionSet)]))
  const waiting = new Map([...fragments.keys()].map((name) => [name, 0]))
  for (const name of [...spreads.values()].flatMap((names) => [...names])) {
    const count = waiting.get(name)
    if (count !== undefined) waiting.set(name, count + 1)
  }
  const free = [...waiting].filter(([, count]) => count === 0).map(([name]) => name)
  for (const name of free) {
    waiting.delete(name)
    for (const below of spreads.get(name) ?? []) {
      const count = waiting.get(below)
      if (count === undefined) continue
      waiting.set(below, count - 1)
      if (count === 1) free.push(below)
    }
  }
  const [circular] = waiting.keys()
  if (circular === undefined) return
  throw new GraphQLError(`Cannot spread fragment "${circular}" within itself.`, {
    nodes: fragments.get(circular) ?? null,
    extensions: { code: 'GRAPHQL_VALIDATION_FAILED' },
  })
}

function spreadIn(root: SelectionSetNode): ReadonlySet<string> {
  const names = new Set<string>()
  const open = [root]
  for (const { selections } of open) {
    for (const selection of selections) {
      if (selection.kind === Kind.FRAGMENT_SPREAD) names.add(selection.name.value)
      else if (selection.selectionSet) open.push(selection.selectionSet)
    }
  }
  return names
}
