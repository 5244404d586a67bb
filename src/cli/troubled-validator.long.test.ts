import { beforeAll, describe, expect, inject, it } from 'vitest'
import { befall, type Cast, type Record } from '../testing/namespaces/befall.js'
import { requireBuild } from '../testing/cli/run-program.js'
import type { Fault } from '../testing/namespaces/fault.js'
import { beaconsAMinute, falseTicks, missedAfter, missedInFault } from '../testing/namespaces/judge-record.js'
import { LINE_FAULTS } from '../testing/namespaces/line-faults.js'
import { CLOCK_FAULTS, MACHINE_FAULTS } from '../testing/namespaces/machine-faults.js'
import { whyNoNamespaces } from '../testing/namespaces/needed.js'
import { SMALL_WEBSITES } from '../testing/namespaces/websites.js'

/* eslint-disable node/no-process-env -- switches of the test run */
const isFull = process.env['OVERLAPS_TEST_ALL_FAULTS'] === '1'
const whyNot = await whyNoNamespaces(process.env['CI'] === 'true')
/* eslint-enable node/no-process-env */

const wanted = (fault: Fault) => isFull || fault.when === 'CI'
const plainly = (fault: Fault): Cast => ({ fault })
/** So many validators at once as a small machine bears without being the trouble itself. */
const PART = 6
const GROUPS: readonly { group: string; cast: readonly Cast[] }[] = [
  { group: 'line', cast: LINE_FAULTS.filter(wanted).map(plainly) },
  { group: 'machine', cast: MACHINE_FAULTS.filter(wanted).map(plainly) },
  { group: 'clock', cast: CLOCK_FAULTS.filter(wanted).map((fault) => ({ fault, options: { clock: 'OWN' as const } })) },
].flatMap(({ group, cast }) => inParts(group, cast))

function inParts(group: string, cast: readonly Cast[]) {
  const parts = Array.from({ length: Math.ceil(cast.length / PART) }, (_none, part) =>
    cast.slice(part * PART, (part + 1) * PART),
  )
  return parts.map((part, index) => ({ group: `${group} ${index + 1}`, cast: part }))
}

describe.skipIf(whyNot !== null)(`a validator in trouble${whyNot === null ? '' : ` (skipped: ${whyNot})`}`, () => {
  describe.each(GROUPS)('$group', ({ cast }) => {
    let records: Record[]
    beforeAll(async () => {
      await requireBuild()
      records = await befall(inject('template'), SMALL_WEBSITES, cast)
    }, 240_000)

    it.each(cast.map(({ fault }, index) => ({ name: fault.name, index })))('$name', ({ index }) => {
      const record = records[index] as Record
      const seen = {
        falselySigned: falseTicks(SMALL_WEBSITES, record.ticks),
        unanswered: missedInFault(record, SMALL_WEBSITES),
        unansweredAfter: missedAfter(record, SMALL_WEBSITES),
      }
      expect(seen).toEqual({ falselySigned: [], unanswered: [], unansweredAfter: [] })
      expect(beaconsAMinute(record)).toBeLessThanOrEqual(3)
      const told = record.events.flatMap((event) => ((event.event as string) === 'CANNOT_CHECK' ? [event] : []))
      if (record.fault.reason !== null)
        expect(told).toContainEqual(expect.objectContaining({ reason: record.fault.reason }))
    })
  })
})
