import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { VerdictStatus } from '../generated/prisma/client.js'
import { MINUTE_MS } from '../time.js'
import { advanceRun, REOPEN_WITHIN_MS, type RunState, type RunVerdict } from './run-rule.js'

interface Seen {
  id: string
  startedAt: number
  openedAt: number
  endedAt: number | null
  closedAt: number | null
  reopenedCount: number
}

type Verdict = Pick<RunVerdict, 'roundAt' | 'status' | 'inMaintenance'>

/** Plays verdicts one after the other and keeps the incidents as the database would. */
function play(verdicts: readonly Verdict[], thresholds = { badToOpen: 2, goodToClose: 2 }) {
  const incidents: Seen[] = []
  let state: RunState | null = null
  let openMost = 0
  for (const [index, verdict] of verdicts.entries()) {
    const step = advanceRun(state, { ...verdict, ...thresholds }, `incident ${index}`)
    if (step.kind === 'nothing') continue
    state = step.next
    const known = 'incidentId' in step ? incidents.find(({ id }) => id === step.incidentId) : undefined
    const { roundAt } = verdict
    if (step.kind === 'open') {
      const fresh = { startedAt: step.startedAt, openedAt: roundAt, endedAt: null, closedAt: null, reopenedCount: 0 }
      incidents.push({ id: step.incidentId, ...fresh })
    } else if (step.kind === 'reopen' && known) {
      Object.assign(known, { endedAt: null, closedAt: null, reopenedCount: known.reopenedCount + 1 })
    } else if (step.kind === 'close' && known) Object.assign(known, { endedAt: step.endedAt, closedAt: roundAt })
    else if (step.kind !== 'count') throw new Error(`${step.kind} of an incident that is not there`)
    openMost = Math.max(openMost, incidents.filter(({ endedAt }) => endedAt === null).length)
  }
  return { incidents, state, openMost }
}

/** A letter a minute: Good, Bad, Inconclusive, and in small letters the same in maintenance; a dot is a missing one. */
function read(letters: string): Verdict[] {
  const statuses: Record<string, VerdictStatus> = { G: 'Good', B: 'Bad', I: 'Inconclusive' }
  return letters.split('').flatMap((letter, minute) => {
    const status = statuses[letter.toUpperCase()]
    return status ? [{ roundAt: minute * MINUTE_MS, status, inMaintenance: letter !== letter.toUpperCase() }] : []
  })
}

/** Each incident as `start/opened-end/closed`, in minutes, with a `+` for each time it was opened again. */
function told(letters: string, thresholds?: { badToOpen: number; goodToClose: number }) {
  const minute = (instant: number | null) => (instant === null ? '' : instant / MINUTE_MS)
  return play(read(letters), thresholds)
    .incidents.map(({ startedAt, openedAt, endedAt, closedAt, reopenedCount }) => {
      const end = endedAt === null ? '' : `${minute(endedAt)}/${minute(closedAt)}`
      return `${minute(startedAt)}/${minute(openedAt)}-${end}${'+'.repeat(reopenedCount)}`
    })
    .join(' ')
}

describe('advanceRun', () => {
  it.each([
    ['', ''],
    ['GGGG', ''],
    ['B', ''],
    ['BGBGBG', ''],
    ['GBB', '1/2-'],
    ['BBBBBB', '0/1-'],
    ['BBG', '0/1-'],
    ['BBGBG', '0/1-'],
    ['BBGG', '0/1-2/3'],
    ['BBGBGG', '0/1-4/5'],
    ['BBGGGGG', '0/1-2/3'],
  ])('opens and closes: %s is %j', (letters, incidents) => {
    expect(told(letters)).toBe(incidents)
  })

  it.each([
    ['BIB', '0/2-'],
    ['B.B', '0/2-'],
    ['BbB', '0/2-'],
    ['BgB', '0/2-'],
    ['bbb', ''],
    ['BgiIB..ggIG', '0/4-'],
    ['BBIGIbI.G', '0/1-3/8'],
    ['BBgg', '0/1-'],
    ['BBGbG', '0/1-2/4'],
  ])('neither counts nor breaks a run by what says nothing: %s is %j', (letters, incidents) => {
    expect(told(letters)).toBe(incidents)
  })

  it.each([
    ['BBGGBB', '0/1-+'],
    ['BBGGBBGG', '0/1-6/7+'],
    // The close is at minute 3: a run that begins at 13 is the last to reopen it, whenever it is long enough.
    ['BBGG.........BB', '0/1-+'],
    ['BBGG.........BIIIB', '0/1-+'],
    ['BBGG..........BB', '0/1-2/3 14/15-'],
    ['BBGGGGGGGGGGGBB', '0/1-+'],
    ['BBGGGGGGGGGGGGBB', '0/1-2/3 14/15-'],
    ['BBGGGBGBGBB', '0/1-+'],
    ['BBGG.BG........BB', '0/1-2/3 15/16-'],
    // The time runs anew from the second close, at minute 13.
    ['BBGG......BBGG.......BB', '0/1-++'],
  ])('reopens within ten minutes of the close: %s is %j', (letters, incidents) => {
    expect(told(letters)).toBe(incidents)
  })

  it('makes one incident of BBGG twenty times over', () => {
    expect(told('BBGG'.repeat(20))).toBe(`0/1-78/79${'+'.repeat(19)}`)
  })

  it.each([
    [1, 1, 'BGB', '0/0-+'],
    [1, 1, 'GB', '1/1-'],
    [3, 1, 'BBGBBBG', '3/5-6/6'],
    [1, 3, 'BGGBGGG', '0/0-4/6'],
  ])('follows a website that asks for %i Bad and %i Good', (badToOpen, goodToClose, letters, incidents) => {
    expect(told(letters, { badToOpen, goodToClose })).toBe(incidents)
  })

  it('remembers nothing of a website that is well, and says so in one step', () => {
    expect(play(read('GGG')).state).toBeNull()
    expect(play(read('BG')).state).toBeNull()
    expect(play(read('BBGG')).state).not.toBeNull()
    expect(play(read(`BBGG${'G'.repeat(REOPEN_WITHIN_MS / MINUTE_MS)}`)).state).toBeNull()
  })

  it('changes nothing while a run goes on that cannot change anything', () => {
    const down = play(read('BB')).state
    const verdict = { roundAt: 60 * MINUTE_MS, inMaintenance: false, badToOpen: 2, goodToClose: 2 }
    expect(advanceRun(down, { ...verdict, status: 'Bad' }, 'x')).toEqual({ kind: 'nothing' })
    expect(advanceRun(null, { ...verdict, status: 'Good' }, 'x')).toEqual({ kind: 'nothing' })
    const closed = play(read('BBGG')).state
    expect(advanceRun(closed, { ...verdict, roundAt: 4 * MINUTE_MS, status: 'Good' }, 'x')).toEqual({ kind: 'nothing' })
  })

  it('counts on when a threshold is changed in the middle of a run', () => {
    const counted = play(read('BB'), { badToOpen: 5, goodToClose: 5 }).state
    const verdict = { roundAt: 2 * MINUTE_MS, status: 'Bad' as const, inMaintenance: false }
    const step = advanceRun(counted, { ...verdict, badToOpen: 2, goodToClose: 2 }, 'x')
    expect(step).toMatchObject({ kind: 'open', incidentId: 'x', startedAt: 0 })
  })
})

describe('any sequence of verdicts', () => {
  const status = fc.constantFrom<VerdictStatus>('Good', 'Bad', 'Inconclusive')
  /** Runs are likelier than with independent verdicts; gaps reach beyond the time for reopening. */
  const runs = fc.array(
    fc.record({
      status,
      count: fc.integer({ min: 1, max: 4 }),
      gapMs: fc.constantFrom(1_000, MINUTE_MS, 5 * MINUTE_MS, REOPEN_WITHIN_MS, REOPEN_WITHIN_MS + 1),
      inMaintenance: fc.oneof({ weight: 5, arbitrary: fc.constant(false) }, fc.constant(true)),
    }),
    { maxLength: 40 },
  )
  const thresholds = fc.record({
    badToOpen: fc.integer({ min: 1, max: 4 }),
    goodToClose: fc.integer({ min: 1, max: 4 }),
  })

  function spread(given: { status: VerdictStatus; count: number; gapMs: number; inMaintenance: boolean }[]): Verdict[] {
    let roundAt = 0
    return given.flatMap(({ status, count, gapMs, inMaintenance }) =>
      Array.from({ length: count }, () => {
        roundAt += gapMs
        return { roundAt, status, inMaintenance }
      }),
    )
  }

  function isSound(incident: Seen, next: Seen | undefined, statusAt: ReadonlyMap<number, VerdictStatus>): boolean {
    const { startedAt, openedAt, endedAt, closedAt } = incident
    const begun = startedAt <= openedAt && [startedAt, openedAt].every((at) => statusAt.get(at) === 'Bad')
    if (endedAt === null || closedAt === null) return begun && next === undefined
    const ended = openedAt < endedAt && endedAt <= closedAt
    const good = [endedAt, closedAt].every((at) => statusAt.get(at) === 'Good')
    return begun && ended && good && (next === undefined || next.startedAt - closedAt > REOPEN_WITHIN_MS)
  }

  it('has at most one open incident, each in the order of its instants and after the one before', () => {
    fc.assert(
      fc.property(runs, thresholds, (given, asked) => {
        const verdicts = spread(given)
        const { incidents, openMost, state } = play(verdicts, asked)
        expect(openMost).toBeLessThanOrEqual(1)
        const statusAt = new Map(verdicts.map((verdict) => [verdict.roundAt, verdict.status]))
        expect(incidents.filter((one, index) => !isSound(one, incidents[index + 1], statusAt))).toEqual([])
        const open = incidents.find(({ endedAt }) => endedAt === null)
        expect(state?.openIncidentId ?? null).toBe(open?.id ?? null)
      }),
    )
  })

  it('has the same incidents with Inconclusive ones and maintenance put in anywhere', () => {
    const noise = fc.array(fc.record({ at: fc.nat(), status, inMaintenance: fc.boolean() }), { maxLength: 30 })
    fc.assert(
      fc.property(runs, thresholds, noise, (given, asked, inserted) => {
        const verdicts = spread(given)
        const end = (verdicts.at(-1)?.roundAt ?? 0) + MINUTE_MS
        const extra = inserted.map((one) => ({
          roundAt: (one.at % end) + 0.5,
          status: one.inMaintenance ? one.status : ('Inconclusive' as const),
          inMaintenance: one.inMaintenance,
        }))
        const mixed = [...verdicts, ...extra].sort((a, b) => a.roundAt - b.roundAt)
        const withoutIds = (all: Seen[]) => all.map((one) => ({ ...one, id: null }))
        expect(withoutIds(play(mixed, asked).incidents)).toEqual(withoutIds(play(verdicts, asked).incidents))
      }),
    )
  })
})
