import type { Whose } from './access-fixture.js'
import { note, type Seen } from './access-walk.js'

export const IDENTITIES = ['anonymous', 'owner A', 'owner B', 'read-only A', 'validator', 'operator'] as const
export type Identity = (typeof IDENTITIES)[number]
type About = Whose | 'any'

const ABOUT: readonly About[] = ['any', "A's", "B's", 'missing']

const HEAD = `# Who sees and does what: by type, fields, and whose thing was asked for ("any" where nothing was named).
# Who is not listed never gets as far as the field. "empty" and "null" are what the test's data come to.
# Made by src/access/access-matrix.test.ts; OVERLAPS_WRITE_ACCESS_MATRIX=1 writes it anew.
`

/** What everybody got of every field. */
export class AccessMatrix {
  readonly #cells = new Map<string, Seen>()

  add(identity: Identity, about: About, seen: Seen): void {
    const key = keyOf(identity, about)
    const all = this.#cells.get(key) ?? new Map<string, string>()
    this.#cells.set(key, all)
    for (const [field, cell] of seen) note(all, field, cell)
  }

  isShown(field: string): boolean {
    return [...this.#cells.values()].some((seen) => !['null', undefined].includes(seen.get(field)))
  }

  /** Where one who asks for one thing gets another answer than for another. */
  differences(identity: Identity, one: About, other: About): string[] {
    const [a, b] = [one, other].map((about) => this.#cells.get(keyOf(identity, about)) ?? new Map<string, string>())
    const fields = new Set([...(a?.keys() ?? []), ...(b?.keys() ?? [])])
    return [...fields].filter((field) => a?.get(field) !== b?.get(field))
  }

  /** As text: fields of a type that everybody gets alike stand together. */
  print(): string {
    const fields = new Set([...this.#cells.values()].flatMap((seen) => [...seen.keys()]))
    const groups = new Map<string, Map<string, string[]>>()
    for (const field of [...fields].toSorted()) {
      const [type = '', name = ''] = field.split('.')
      const lines = this.#linesOf(field)
      const ofType = groups.get(type) ?? new Map<string, string[]>()
      groups.set(type, ofType)
      ofType.set(lines, [...(ofType.get(lines) ?? []), name])
    }
    const texts = [...groups].map(([type, rules]) =>
      [`\n${type}`, ...[...rules].map(([lines, names]) => `  ${names.join(' ')}\n${lines}`)].join('\n'),
    )
    return `${HEAD}${texts.join('\n')}\n`
  }

  #linesOf(field: string): string {
    return ABOUT.flatMap((about) => {
      const byCell = new Map<string, string[]>()
      for (const identity of IDENTITIES) {
        const cell = this.#cells.get(keyOf(identity, about))?.get(field)
        if (cell !== undefined) byCell.set(cell, [...(byCell.get(cell) ?? []), identity])
      }
      const words = [...byCell].map(([cell, identities]) => `${cell}: ${identities.join(', ')}`)
      return words.length === 0 ? [] : [`    ${about.padEnd(8)}${words.join('; ')}`]
    }).join('\n')
  }
}

function keyOf(identity: Identity, about: About): string {
  return `${identity}/${about}`
}
