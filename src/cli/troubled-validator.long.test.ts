import { beforeAll, describe, inject, it } from 'vitest'
import { befall, type Cast, type TroubleRecord } from '../testing/namespaces/befall.js'
import { requireBuild } from '../testing/cli/run-program.js'
import { expectHonest } from '../testing/namespaces/expect-honest.js'
import { LINE_FAULTS } from '../testing/namespaces/line-faults.js'
import { FEW_FILES, HUB_CLOCK_FAULTS, MACHINE_FAULTS, OWN_CLOCK_FAULTS } from '../testing/namespaces/machine-faults.js'
import { readNamespaceSwitches } from '../testing/namespaces/switches.js'
import { MANY_WEBSITES, SMALL_WEBSITES, type SmallWebsite } from '../testing/namespaces/websites.js'

const { isWanted, whyNot, title } = await readNamespaceSwitches()

interface Group {
  group: string
  websites: readonly SmallWebsite[]
  cast: readonly Cast[]
}
/** So many validators at once as a small machine bears without being the trouble itself. */
const PART = 10
const machine = [
  ...MACHINE_FAULTS.map((fault): Cast => ({ fault })),
  ...OWN_CLOCK_FAULTS.map((fault): Cast => ({ fault, options: { clock: 'OWN' } })),
]
const GROUPS: readonly Group[] = [
  ...inParts(
    'line',
    LINE_FAULTS.map((fault) => ({ fault })),
    PART,
  ),
  ...inParts('machine', machine, PART),
  // It befalls all of its validators.
  ...inParts(
    "hub's clock",
    HUB_CLOCK_FAULTS.map((fault) => ({ fault })),
    1,
  ),
  {
    group: 'many websites',
    websites: MANY_WEBSITES,
    cast: [{ fault: FEW_FILES, options: { env: { OVERLAPS_CONCURRENCY: '200' } } }],
  },
]

function inParts(group: string, all: readonly Cast[], size: number): Group[] {
  const cast = all.filter(({ fault }) => isWanted(fault))
  return Array.from({ length: Math.ceil(cast.length / size) }, (_none, part) => ({
    group: `${group} ${part + 1}`,
    websites: SMALL_WEBSITES,
    cast: cast.slice(part * size, (part + 1) * size),
  }))
}

describe.skipIf(whyNot !== null)(title('a validator in trouble'), () => {
  describe.each(GROUPS)('$group', ({ websites, cast }) => {
    let records: TroubleRecord[]
    beforeAll(async () => {
      await requireBuild()
      records = await befall(inject('template'), websites, cast)
    }, 240_000)

    it.each(cast.map(({ fault }, index) => ({ name: fault.name, index })))('$name', ({ index }) => {
      expectHonest(records[index] as TroubleRecord, websites)
    })
  })
})
