import { CHANGES } from './export-changes.js'
import { INCIDENTS } from './export-incidents.js'
import { ROLLUPS } from './export-rollups.js'
import { ROSTERS } from './export-rosters.js'
import type { ExportSource } from './export-source.js'
import { TICKS } from './export-ticks.js'
import { TIMELINE } from './export-timeline.js'
import { VERDICTS } from './export-verdicts.js'

/** What can be exported. */
export const EXPORT_KINDS = ['ticks', 'rosters', 'verdicts', 'changes', 'incidents', 'timeline', 'rollups'] as const
export type ExportKind = (typeof EXPORT_KINDS)[number]

export const EXPORT_SOURCES: Readonly<Record<ExportKind, ExportSource>> = {
  ticks: TICKS,
  rosters: ROSTERS,
  verdicts: VERDICTS,
  changes: CHANGES,
  incidents: INCIDENTS,
  timeline: TIMELINE,
  rollups: ROLLUPS,
}
