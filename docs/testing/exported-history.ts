import { execFile } from 'node:child_process'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { fetchExport } from '../../src/testing/export/export.js'
import type { TestHub } from '../../src/testing/test-hub.js'
import type { TestTemplate } from '../../src/testing/test-template.js'
import { playHistory, WEBSITES } from './play-history.js'

const KINDS = ['ticks', 'rosters', 'verdicts', 'changes'] as const
type Kind = (typeof KINDS)[number]

export type Row = Record<string, unknown>

interface Uptime {
  method: string
  ratio: number | null
}

interface Times extends Uptime {
  from: string
  to: string
  goodMs: number
  badMs: number
  inconclusiveMs: number
  maintenanceMs: number
  missingMs: number
  disabledMs: number
}

export interface OwnersView {
  id: string
  observed: Times
  withMaintenance: Uptime
  strict: Uptime
  verdicts: { edges: { node: Row & { failures: { failure: string; count: number }[] } }[] }
}

/** Under the names that the export has for it. */
const OWNERS_VIEW = `query ($from: DateTime!, $to: DateTime!) {
  websites(first: ${WEBSITES}) { edges { node {
    id
    observed: uptime(over: { span: { from: $from, to: $to } }) {
      method from to ratio goodMs badMs inconclusiveMs maintenanceMs missingMs disabledMs }
    withMaintenance: uptime(over: { span: { from: $from, to: $to } }, method: WITH_MAINTENANCE) { method ratio }
    strict: uptime(over: { span: { from: $from, to: $to } }, method: STRICT) { method ratio }
    verdicts(first: 100) { edges { node {
      round_at: roundAt status rule check_revision: checkRevision in_maintenance: inMaintenance
      asked answered agreed disagreed network_count: networkCount quorum_base: quorumBase votes_needed: votesNeeded
      good_votes: goodVotes bad_votes: badVotes votes_set_aside: votesSetAside
      median_latency_us: medianLatencyUs p95_latency_us: p95LatencyUs root failures { failure count }
    } } }
  } } }
}`

/** What a hub says of its websites. */
export async function readOwnersView(hub: TestHub, from: string, to: string): Promise<OwnersView[]> {
  const { data } = await hub.post<{ websites: { edges: { node: OwnersView }[] } }>(OWNERS_VIEW, {
    token: hub.ownerToken,
    variables: { from, to },
  })
  return (data?.websites.edges ?? []).map(({ node }) => node)
}

/** A played history, and its export in a folder. */
export async function exportHistory(template: TestTemplate) {
  const folder = await mkdtemp(path.join(tmpdir(), 'overlaps-recompute-'))
  const history = await playHistory(template)
  const inFolder = (kind: Kind) => path.join(folder, `${kind}.jsonl`)
  for (const kind of KINDS) {
    await writeFile(inFolder(kind), await (await fetchExport(history.hub, `${kind}.jsonl`)).text())
  }
  const recompute = (...options: string[]) => runRecompute(folder, options)
  return {
    ...history,
    inFolder,
    recompute,
    async rowsOf(kind: Kind): Promise<Row[]> {
      const lines = (await readFile(inFolder(kind), 'utf8')).trimEnd().split('\n')
      return lines.map((line) => JSON.parse(line) as Row)
    },
    /** Runs it with one file changed. */
    async recomputeWith(kind: Kind, change: (lines: string[]) => string[]) {
      const original = await readFile(inFolder(kind), 'utf8')
      const lines = change(original.trimEnd().split('\n'))
      await writeFile(inFolder(kind), lines.map((line) => `${line}\n`).join(''))
      try {
        return await recompute()
      } finally {
        await writeFile(inFolder(kind), original)
      }
    },
    async close() {
      await history.close()
      await rm(folder, { recursive: true, force: true })
    },
  }
}

/** Runs the program as a stranger would. */
function runRecompute(folder: string, options: readonly string[]): Promise<{ code: number; lines: string[] }> {
  return new Promise((resolve) => {
    execFile(process.execPath, ['docs/recompute.mjs', folder, ...options], (error, stdout, stderr) => {
      resolve({ code: Number(error?.code ?? 0), lines: `${stdout}${stderr}`.trimEnd().split('\n') })
    })
  })
}
