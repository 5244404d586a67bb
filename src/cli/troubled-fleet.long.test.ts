import { beforeAll, describe, expect, inject, it } from 'vitest'
import { requireBuild } from '../testing/cli/run-program.js'
import { befall } from '../testing/namespaces/befall.js'
import type { Fault } from '../testing/namespaces/fault.js'
import { falselySaid } from '../testing/namespaces/judge-record.js'
import { LINE_FAULTS } from '../testing/namespaces/line-faults.js'
import { MACHINE_FAULTS, OWN_CLOCK_FAULTS } from '../testing/namespaces/machine-faults.js'
import { readNamespaceSwitches } from '../testing/namespaces/switches.js'
import type { SeenVerdict } from '../testing/namespaces/watching-hub.js'
import { SMALL_WEBSITES } from '../testing/namespaces/websites.js'

const { isWanted, whyNot, skipped } = await readNamespaceSwitches(inject('template'))

const HEALTHY = 2
const WELL: Fault = {
  name: 'well',
  when: 'CI',
  begin: async () => undefined,
  end: async () => undefined,
  reason: null,
  takes: [],
}
const FAULTS = new Map([...LINE_FAULTS, ...MACHINE_FAULTS, ...OWN_CLOCK_FAULTS].map((fault) => [fault.name, fault]))
const FLEETS: readonly { when: 'CI' | 'FULL'; troubles: readonly string[] }[] = [
  { when: 'CI', troubles: ['black hole at the gateway', 'resolver answers SERVFAIL', 'no IPv6'] },
  { when: 'FULL', troubles: ['no IPv6', 'no IPv6', 'IPv6 a black hole'] },
  { when: 'FULL', troubles: Array.from({ length: 3 }, () => 'portal that answers everything with its page') },
  { when: 'FULL', troubles: Array.from({ length: 3 }, () => 'blip of 8 s') },
  { when: 'FULL', troubles: ['stopped for 8 s', '3 % of a CPU', '10 % of a CPU'] },
]

function faultOf(name: string): Fault {
  const fault = FAULTS.get(name)
  if (fault === undefined) throw new Error(`There is no fault ${name}.`)
  return fault
}

describe.skipIf(whyNot !== null)(`a fleet of five with three in trouble${skipped}`, () => {
  describe.each(FLEETS.filter(isWanted))('$troubles', ({ troubles }) => {
    let verdicts: readonly SeenVerdict[]
    let incidents: readonly string[]
    beforeAll(async () => {
      await requireBuild()
      const cast = [...troubles.map(faultOf), ...Array.from({ length: HEALTHY }, () => WELL)]
      await befall(
        inject('template'),
        SMALL_WEBSITES,
        cast.map((fault) => ({ fault })),
        {
          async more(hub, from) {
            verdicts = await hub.readVerdicts(from)
            incidents = await hub.readIncidents()
          },
        },
      )
    }, 240_000)

    it('has verdicts that are right or Inconclusive with the reason', () => {
      expect(falselySaid(SMALL_WEBSITES, verdicts)).toEqual([])
      expect(verdicts.some(({ status }) => status === 'Bad')).toBe(true)
      const unexplained = verdicts.filter(
        ({ status, couldNotCheck }) => status === 'Inconclusive' && couldNotCheck === 0,
      )
      expect(unexplained).toEqual([])
    })
    it('has no incident of a website that is up', () => {
      const up = new Set(SMALL_WEBSITES.filter(({ truth }) => truth === 'UP').map(({ url }) => url))
      expect(incidents.filter((url) => up.has(url))).toEqual([])
      expect(incidents.length).toBeGreaterThan(0)
    })
  })
})
