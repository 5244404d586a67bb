import { ask, type Asked, type Fault } from '../../api/ask'
import { askExport, type Exported, type ExportTerms } from '../../api/export'
import {
  RoundValidatorsDocument,
  TickProofsDocument,
  WebsiteRoundDocument,
  type TickProofsQuery,
  type TickProofsQueryVariables,
  type WebsiteRoundQuery,
} from '../../client/graphql'
import { joinAnswers, type Answer, type RosterLine, type RoundVerdict, type Tick, type TickLine } from './round-answers'

/** The API's for a list of IDs. */
const IDS_MAX = 100
const TOO_MANY = 429
const BUSY_WAITS_MS = [500, 2000] as const

export interface ReadRound {
  roundAt: string
  /** Null where it is no longer kept. */
  verdict: RoundVerdict | null
  answers: Answer[]
  /** Whether the hub told who was asked and in which networks. */
  knowsRoster: boolean
}

export type RoundRead = { kind: 'data'; data: ReadRound } | { kind: 'fault'; fault: Fault }

interface Span {
  from: string
  to: string
}

function spanOf(roundAt: string): Span {
  return { from: roundAt, to: new Date(Date.parse(roundAt) + 1).toISOString() }
}

/** A round of a website: its verdict and answers by the API, who was asked and the networks by the exports. */
export async function readRound(id: string, roundAt: string, signal: AbortSignal): Promise<RoundRead> {
  const span = spanOf(roundAt)
  const ticks: Tick[] = []
  let verdict: RoundVerdict | null = null
  let after: string | null = null
  do {
    const asked: Asked<WebsiteRoundQuery> = await ask(WebsiteRoundDocument, { id, ...span, after }, { signal })
    if (asked.kind === 'fault') return asked
    const website: WebsiteRoundQuery['website'] = asked.data.website
    verdict ??= website?.verdicts.edges[0]?.node ?? null
    ticks.push(...(website?.ticks.edges.map(({ node }) => node) ?? []))
    after = website?.ticks.pageInfo.hasNextPage ? website.ticks.pageInfo.endCursor : null
  } while (after !== null)
  const roster = await readLines<RosterLine>('rosters', { id, span, signal })
  const hasSetAside = verdict !== null && verdict.votesSetAside > 0
  const counted = hasSetAside ? await readLines<TickLine>('ticks', { id, span, signal }) : []
  const answered = new Set(ticks.map(({ validator }) => validator.id))
  const silent = (roster ?? []).map(({ validator }) => validator).filter((one) => !answered.has(one))
  const answers = joinAnswers(ticks, roster ?? [], counted ?? [], await readNames(silent, signal))
  return { kind: 'data', data: { roundAt, verdict, answers, knowsRoster: roster !== null } }
}

/** Null where the hub did not give it. */
async function readLines<Line>(
  kind: 'rosters' | 'ticks',
  { id, span, signal }: { id: string; span: Span; signal: AbortSignal },
): Promise<Line[] | null> {
  const exported = await askExportPatiently(`${kind}.jsonl`, { website: id, ...span }, signal)
  if (exported.kind !== 'exported') return null
  try {
    const lines = (await exported.response.text()).split('\n').filter((line) => line !== '')
    return lines.map((line) => JSON.parse(line) as Line)
  } catch {
    // Broken off on the way.
    signal.throwIfAborted()
    return null
  }
}

/** Only a few exports may run at once, and every open page asks for one when a round ends. */
async function askExportPatiently(file: string, terms: ExportTerms, signal: AbortSignal): Promise<Exported> {
  for (const waitMs of BUSY_WAITS_MS) {
    const exported = await askExport(file, terms, signal)
    if (exported.kind !== 'refused' || exported.status !== TOO_MANY) return exported
    await new Promise((resolve) => setTimeout(resolve, waitMs * (0.5 + Math.random())))
    signal.throwIfAborted()
  }
  return askExport(file, terms, signal)
}

async function readNames(ids: readonly string[], signal: AbortSignal) {
  const names = new Map<string, { label: string | null; region: string | null }>()
  if (ids.length === 0) return names
  const asked = await ask(RoundValidatorsDocument, { ids: ids.slice(0, IDS_MAX) }, { signal })
  if (asked.kind === 'fault') return names
  for (const node of asked.data.nodes) {
    if (node !== null && 'id' in node) names.set(node.id, { label: node.label ?? null, region: node.region ?? null })
  }
  return names
}

type Ticks = NonNullable<TickProofsQuery['website']>['ticks']
type Proof = Ticks['edges'][number]['node']['proof']

/** The proofs of a round's answers, or of one validator's alone; null where the hub did not give them. */
export async function readProofs(id: string, roundAt: string, validator: string | null): Promise<Proof[] | null> {
  const proofs: Proof[] = []
  let after: string | null = null
  do {
    const variables: TickProofsQueryVariables = { id, ...spanOf(roundAt), validator, after }
    const asked: Asked<TickProofsQuery> = await ask(TickProofsDocument, variables)
    if (asked.kind === 'fault') return null
    const ticks: Ticks | undefined = asked.data.website?.ticks
    proofs.push(...(ticks?.edges.map(({ node }) => node.proof) ?? []))
    after = ticks?.pageInfo.hasNextPage ? ticks.pageInfo.endCursor : null
  } while (after !== null)
  return proofs
}
