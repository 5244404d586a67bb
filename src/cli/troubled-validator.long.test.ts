import { beforeAll, describe, expect, inject, it } from 'vitest'
import { befall, type Cast, type TroubleRecord } from '../testing/namespaces/befall.js'
import { requireBuild } from '../testing/cli/run-program.js'
import type { Fault } from '../testing/namespaces/fault.js'
import type { HomeAgentOptions } from '../testing/namespaces/home-agent.js'
import { conductOf, honestConduct } from '../testing/namespaces/conduct.js'
import { LINE_FAULTS, WEBSITE_FAULTS } from '../testing/namespaces/line-faults.js'
import { LONELY_FAULTS, LONELY_WEBSITE_FAULTS } from '../testing/namespaces/lonely-faults.js'
import { FEW_FILES, HUB_CLOCK_FAULTS, MACHINE_FAULTS, OWN_CLOCK_FAULTS } from '../testing/namespaces/machine-faults.js'
import { readNamespaceSwitches } from '../testing/namespaces/switches.js'
import { MANY_WEBSITES, ONE_WEBSITE, SMALL_WEBSITES, type SmallWebsite } from '../testing/namespaces/websites.js'

const { isWanted, whyNot, skipped } = await readNamespaceSwitches(inject('template'))

interface Group {
  group: string
  websites: readonly SmallWebsite[]
  cast: readonly Cast[]
  settleRounds: number
}
/** So many validators at once as a small machine bears without being the trouble itself. */
const PART = 12
/** Of rounds: until beacons may be asked as if the validator had been at work for long. */
const A_MINUTE = 13
const inHomes = (faults: readonly Fault[], options?: HomeAgentOptions) =>
  faults.map((fault): Cast => ({ fault, ...(options && { options }) }))
const GROUPS: readonly Group[] = [
  ...inParts('line', inHomes([...LINE_FAULTS, ...WEBSITE_FAULTS]), { settleRounds: A_MINUTE }),
  ...inParts('one website', inHomes(LONELY_FAULTS), { websites: ONE_WEBSITE }),
  ...inParts('one website that falls', inHomes(LONELY_WEBSITE_FAULTS), {
    websites: ONE_WEBSITE,
    settleRounds: A_MINUTE,
  }),
  ...inParts('machine', [...inHomes(MACHINE_FAULTS), ...inHomes(OWN_CLOCK_FAULTS, { clock: 'OWN' })]),
  // It befalls all of its validators.
  ...inParts("hub's clock", inHomes(HUB_CLOCK_FAULTS), { size: 1 }),
  ...inParts('many websites', inHomes([FEW_FILES], { env: { OVERLAPS_CONCURRENCY: '200' } }), {
    websites: MANY_WEBSITES,
  }),
]

function inParts(
  group: string,
  all: readonly Cast[],
  { size = PART, websites = SMALL_WEBSITES, settleRounds = 0 } = {},
): Group[] {
  const cast = all.filter(({ fault }) => isWanted(fault))
  return Array.from({ length: Math.ceil(cast.length / size) }, (_none, part) => ({
    group: `${group} ${part + 1}`,
    websites,
    settleRounds,
    cast: cast.slice(part * size, (part + 1) * size),
  }))
}

describe.skipIf(whyNot !== null)(`a validator in trouble${skipped}`, () => {
  describe.each(GROUPS)('$group', ({ websites, cast, settleRounds }) => {
    let records: TroubleRecord[]
    beforeAll(async () => {
      await requireBuild()
      records = await befall(inject('template'), websites, cast, { settleRounds })
    }, 240_000)

    it.each(cast.map(({ fault }, index) => ({ name: fault.name, index })))('$name', ({ index }) => {
      const record = records[index] as TroubleRecord
      expect(conductOf(record, websites)).toEqual(honestConduct(record.fault))
    })
  })
})
