import fc from 'fast-check'
import { Temporal } from 'temporal-polyfill'
import { expect, it } from 'vitest'
import { DAY_MS } from '../time.js'
import { readingAt, readZoneClock, whenShown, type ZoneClock } from './zone-clock.js'

const zone = fc.constantFrom(...Intl.supportedValuesOf('timeZone'), 'UTC')
const minute = fc.integer({ min: Date.UTC(1971, 0) / 60_000, max: Date.UTC(2037, 0) / 60_000 })

function found(clock: ZoneClock | null): ZoneClock {
  if (clock === null) throw new Error('no such zone')
  return clock
}

it('shows what Temporal shows, in every zone', () => {
  fc.assert(
    fc.property(zone, minute, (timeZone, minutes) => {
      const instant = minutes * 60_000
      const clock = readZoneClock(timeZone, instant - 3 * DAY_MS, instant + 3 * DAY_MS)
      const shown = Temporal.Instant.fromEpochMilliseconds(instant).toZonedDateTimeISO(timeZone).toPlainDateTime()
      expect(readingAt(found(clock), instant)).toBe(shown.toZonedDateTime('UTC').epochMilliseconds)
    }),
  )
})

it('tells when a reading is shown as Temporal does, near the changes of every zone', () => {
  fc.assert(
    fc.property(zone, minute, fc.integer({ min: -180, max: 180 }), (timeZone, minutes, from) => {
      const moment = Temporal.Instant.fromEpochMilliseconds(minutes * 60_000).toZonedDateTimeISO(timeZone)
      const change = moment.getTimeZoneTransition('next') ?? moment
      const reading = change.toPlainDateTime().add({ minutes: from })
      const clock = readZoneClock(timeZone, change.epochMilliseconds - DAY_MS, change.epochMilliseconds + DAY_MS)
      const time = whenShown(found(clock), reading.toZonedDateTime('UTC').epochMilliseconds)
      const resolved = reading.toZonedDateTime(timeZone, { disambiguation: 'compatible' })
      expect(time).toEqual(
        resolved.toPlainDateTime().equals(reading)
          ? { kind: 'shown', at: resolved.epochMilliseconds }
          : { kind: 'skipped', at: resolved.epochMilliseconds, jumpsAt: change.epochMilliseconds },
      )
    }),
    { numRuns: 500 },
  )
})

it.each(['Mars/Olympus_Mons', '', 'Europe/Berlin\u0000'])('does not know %j', (timeZone) => {
  expect(readZoneClock(timeZone, 0, DAY_MS)).toBeNull()
})
