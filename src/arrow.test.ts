import { readdir, readFile } from 'node:fs/promises'
import path from 'node:path'
import { describe, expect, it } from 'vitest'

/** Each room with the earlier ones that it may import. What every room may use is in `src` itself. */
const ROAD = [
  ...'protocol dial store graph http audit owner outgoing target website ownership maintenance validator'.split(' '),
  ...'session round tick abstention verdict'.split(' '),
  ...'notice incident history access api export socket graphiql pages hub'.split(' '),
]
const ARROW: Record<string, readonly string[]> = {
  ...Object.fromEntries(ROAD.map((room, index) => [room, ROAD.slice(0, index)])),
  // The agent knows the protocol, the dial and its generated client, and nothing of the hub.
  agent: ['protocol', 'dial'],
  demo: ['protocol', 'hub', 'agent'],
  cli: [...ROAD, 'agent', 'demo'],
  testing: [...ROAD, 'agent', 'demo', 'cli'],
  generated: [],
}
const FOR_EVERYBODY = ['', 'generated']

const files = (await readdir('src', { recursive: true }))
  .map((file) => file.split(path.sep).join('/'))
  .filter((file) => file.endsWith('.ts') && !file.startsWith('generated/'))

function roomOf(file: string): string {
  return file.includes('/') ? (file.split('/')[0] ?? '') : ''
}

async function importsOf(file: string): Promise<string[]> {
  const text = await readFile(path.join('src', file), 'utf8')
  return [...text.matchAll(/(?:from|import|module) '(\.[^']+)'|import\('(\.[^']+)'\)/g)].map((match) =>
    path.posix.normalize(path.posix.join(path.posix.dirname(file), match[1] ?? match[2] ?? '')),
  )
}

/** Tests may use the whole network. */
const isForTests = (file: string) => file.endsWith('.test.ts')

describe('the arrow of the rooms', () => {
  it('knows every room', () => {
    const rooms = new Set(files.map(roomOf).filter((room) => room !== ''))
    expect([...rooms].filter((room) => !(room in ARROW))).toEqual([])
  })

  it.each(files.filter((file) => roomOf(file) !== '' && !isForTests(file)))(
    '%s imports nothing after it',
    async (file) => {
      const room = roomOf(file)
      const allowed = new Set([room, ...FOR_EVERYBODY, ...(ARROW[room] ?? [])])
      expect((await importsOf(file)).filter((target) => !allowed.has(roomOf(target)))).toEqual([])
    },
  )

  it('is never followed by what every room uses, but to the protocol, and for the types that parts are made of', async () => {
    const shared = files.filter((file) => roomOf(file) === '' && !file.endsWith('.test.ts'))
    const outward = await Promise.all(shared.map(async (file) => (await importsOf(file)).map(roomOf)))
    expect(new Set(outward.flat())).toEqual(new Set(['', 'protocol', 'store']))
  })
})

/** Import cycles, those of types included. */
function findCycle(importsOf: ReadonlyMap<string, readonly string[]>): string[] {
  const done = new Set<string>()
  const walk = (file: string, road: readonly string[]): string[] => {
    if (road.includes(file)) return [...road.slice(road.indexOf(file)), file]
    if (done.has(file)) return []
    for (const target of importsOf.get(file) ?? []) {
      const cycle = walk(target, [...road, file])
      if (cycle.length > 0) return cycle
    }
    done.add(file)
    return []
  }
  for (const file of importsOf.keys()) {
    const cycle = walk(file, [])
    if (cycle.length > 0) return cycle
  }
  return []
}

describe('the imports of files', () => {
  it('go in no ring, types included', async () => {
    const sources = files.filter((file) => !isForTests(file))
    const imports = await Promise.all(sources.map(async (file) => [file, await importsOf(file)] as const))
    const graph = new Map(
      imports.map(([file, targets]) => [file, targets.map((target) => target.replace(/js$/, 'ts'))]),
    )
    expect([...graph.values()].flat().length).toBeGreaterThan(1000)
    expect(findCycle(graph)).toEqual([])
  })

  it.each([
    [{ a: ['b'], b: ['c'], c: [] }, []],
    [{ a: ['a'] }, ['a', 'a']],
    [{ a: ['b', 'c'], b: ['c'], c: ['d'], d: ['b'] }, ['b', 'c', 'd', 'b']],
  ])('are followed to the ring in %j', (graph, cycle) => {
    expect(findCycle(new Map(Object.entries(graph)))).toEqual(cycle)
  })
})
