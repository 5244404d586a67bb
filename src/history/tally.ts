import type { VerdictStatus } from '../generated/prisma/client.js'

/** The columns in which rollups count, in the order of their tables. Times in milliseconds; counts are of rounds. */
export const TALLY_COLUMNS = [
  'goodMs',
  'badMs',
  'inconclusiveMs',
  'maintenanceGoodMs',
  'maintenanceBadMs',
  'maintenanceInconclusiveMs',
  'goodCount',
  'badCount',
  'inconclusiveCount',
  'maintenanceCount',
] as const

export type Tally = Record<(typeof TALLY_COLUMNS)[number], number>

export function emptyTally(): Tally {
  return {
    goodMs: 0,
    badMs: 0,
    inconclusiveMs: 0,
    maintenanceGoodMs: 0,
    maintenanceBadMs: 0,
    maintenanceInconclusiveMs: 0,
    goodCount: 0,
    badCount: 0,
    inconclusiveCount: 0,
    maintenanceCount: 0,
  }
}

export function addTally(tally: Tally, other: Tally): void {
  for (const column of TALLY_COLUMNS) tally[column] += other[column]
}

interface Kind {
  status: VerdictStatus
  inMaintenance: boolean
}

const TIME_COLUMNS = {
  Good: ['goodMs', 'maintenanceGoodMs'],
  Bad: ['badMs', 'maintenanceBadMs'],
  Inconclusive: ['inconclusiveMs', 'maintenanceInconclusiveMs'],
} as const
const COUNT_COLUMNS = { Good: 'goodCount', Bad: 'badCount', Inconclusive: 'inconclusiveCount' } as const

export function addTime(tally: Tally, { status, inMaintenance }: Kind, lastsMs: number): void {
  tally[TIME_COLUMNS[status][inMaintenance ? 1 : 0]] += lastsMs
}

export function addRound(tally: Tally, { status, inMaintenance }: Kind): void {
  tally[inMaintenance ? 'maintenanceCount' : COUNT_COLUMNS[status]] += 1
}

export function maintenanceMsOf(tally: Tally): number {
  return tally.maintenanceGoodMs + tally.maintenanceBadMs + tally.maintenanceInconclusiveMs
}

export function coveredMsOf(tally: Tally): number {
  return tally.goodMs + tally.badMs + tally.inconclusiveMs + maintenanceMsOf(tally)
}
