import { withStage, type Bench, type DatabaseKind, type Stage } from '../bench.js'
import { addFigures } from '../report.js'
import type { Scenario } from './scenario.js'
import { closeBooks, signRounds } from './submit.js'

/** PGlite is for one owner's network: a tenth of the websites. */
const PGLITE_SHARE = 0.1
const LONG_MS = 60_000
/** Batches per second that go on arriving while the round is closed. */
const BATCHES_PER_S = 10
const LOOK_EVERY_MS = 20
const NEWEST = `{ websites(first: 1) { edges { node { verdict { roundAt } } } } }`

interface Newest {
  websites: { edges: { node: { verdict: { roundAt: string } | null } }[] }
}

/** Closes a round that everybody has answered, while the answers of another arrive. */
export const closes: readonly Scenario[] = (['postgres', 'pglite'] as const).map((kind) => ({
  name: `close-${kind}`,
  needs: kind === 'postgres' ? 'POSTGRES' : 'NOTHING',
  run: (bench) =>
    withStage(bench, kind, (stage) => run(bench, stage, kind), {
      OVERLAPS_ROUND_DEADLINE_MS: String(bench.options.closeDeadlineMs),
      OVERLAPS_ROUND_CRON: everyOtherMinuteLater(),
    }),
}))

/** A verdict then lasts two minutes, as in production, but no round is due during the measurement. */
function everyOtherMinuteLater(): string {
  return `*/2 ${(new Date().getUTCHours() + 12) % 24} * * *`
}

async function run(bench: Bench, stage: Stage, kind: DatabaseKind): Promise<void> {
  const { hub, load } = stage
  const { closeValidators, batch, closeDeadlineMs } = bench.options
  const websites = Math.max(10, bench.options.closeWebsites * (kind === 'pglite' ? PGLITE_SHARE : 1))
  await hub.createWebsites(websites)
  await load.connect('hub', hub.url, closeValidators, 'KEEP')
  const startedAt = Date.now()
  await signRounds(stage, { websites, batch }, 1)
  const answered = await load.submit(1, LONG_MS)
  const leftMs = startedAt + closeDeadlineMs - Date.now()
  if (leftMs < 0) bench.report.faults.push(`close-${kind}: the answers came ${-leftMs} ms after the deadline`)
  // The next round is open while the first is closed, for as long as its answers arrive.
  await sleep(startedAt + (bench.options.seconds + 2) * 1000 - Date.now())
  await signRounds(stage, { websites, batch }, 1)
  await sleep(startedAt + closeDeadlineMs - Date.now())
  await hub.reset()
  const deadlineAt = performance.now()
  const going = load.submitPaced(BATCHES_PER_S, bench.options.seconds * 1000)
  while ((await hub.query<Newest>(NEWEST)).websites.edges[0]?.node.verdict == null) await sleep(LOOK_EVERY_MS)
  const elapsedMs = performance.now() - deadlineAt
  const usage = await hub.read()
  const meanwhile = await going
  addFigures(bench.report, `close-${kind}`, {
    answers: answered.accepted,
    elapsedS: elapsedMs / 1000,
    cpuS: usage.cpuMs / 1000,
    delayMaxMs: usage.delayMaxMs,
    submitP99Ms: meanwhile.p99Ms,
    peakRssMb: usage.peakRssMb,
  })
  await closeBooks(bench, stage, `close-${kind}`, [answered, meanwhile])
}

function sleep(ms: number): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, Math.max(0, ms))
  })
}
