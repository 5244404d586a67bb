// Uptime from verdicts and the log of changes, by the methods that docs/verdicts.md has; recompute.mjs uses it.

/** What counts as up and as down. */
const METHODS = {
  'observed-v1': (times) => [times.Good, times.Bad],
  'with-maintenance-v1': (times) => [times.Good + times.maintenanceGood, times.Bad + times.maintenanceBad],
  'strict-v1': (times) => [times.Good, times.Bad + times.Inconclusive + times.missing],
}
/** In how many rounds it was checked once, from a round on: what the website is when that is closed decides. */
export function turnsSince(changes, roundAt) {
  const first = changes.findLastIndex(({ at }) => Date.parse(at) <= roundAt)
  return changes.slice(Math.max(first, 0)).map((change) => change.every_rounds)
}

/** Time without a verdict is missing or, as far as the website was not enabled, disabled. */
function timesOf({ span, covered, changes }) {
  let notEnabled = 0
  let [since, enabled] = [span.from, false]
  for (const change of [...changes, { at: new Date(span.to).toISOString(), enabled: false, deleted: false }]) {
    const until = Math.min(Math.max(Date.parse(change.at), since), span.to)
    if (!enabled) notEnabled += until - since
    since = until
    enabled = change.enabled && !change.deleted
  }
  const { maintenanceGood, maintenanceBad, maintenanceInconclusive } = covered
  const uncovered = span.to - span.from - Object.values(covered).reduce((sum, ms) => sum + ms, 0)
  const disabled = Math.min(notEnabled, uncovered)
  const maintenance = maintenanceGood + maintenanceBad + maintenanceInconclusive
  return { ...covered, maintenance, missing: uncovered - disabled, disabled }
}

/** Uptime in millionths, rounded down: one failure in any time is never shown as 1. */
function ratioOf([up, down]) {
  if (up + down === 0) return 'null'
  const millionths = String((BigInt(up) * 1_000_000n) / BigInt(up + down)).padStart(7, '0')
  return `${millionths.slice(0, -6)}.${millionths.slice(-6)}`
}

const SHOWN_TIMES = ['Good', 'Bad', 'Inconclusive', 'maintenance', 'missing', 'disabled']

export function describeUptime(website) {
  const times = timesOf(website)
  const ratios = Object.entries(METHODS).map(([name, count]) => `${name} ${ratioOf(count(times))}`)
  const parts = SHOWN_TIMES.map((kind) => `${kind} ${times[kind]} ms`)
  const counts = `verdicts ${website.verdicts}  rounds without one ${website.undecided}`
  const span = [website.span.from, website.span.to].map((instant) => new Date(instant).toISOString()).join(' to ')
  return [website.id, span, ...ratios, ...parts, counts].join('  ')
}
