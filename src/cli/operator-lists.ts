import { StartFault } from '../start-fault.js'
import { askAsOperator } from './ask-as-operator.js'
import type { CliHost } from './cli-host.js'
import { formatTable } from './format-table.js'

/** The hub's maximum. */
const PAGE_SIZE = 100
/** More than anybody reads. */
const LIMIT_MAX = 10_000

interface Page<Node> {
  pageInfo: { hasNextPage: boolean; endCursor: string | null }
  edges: { node: Node }[]
}

/** A connection of the query, the fields of its items, and the arguments of all its pages. */
interface Listing {
  field: string
  fields: string
  declared?: string
  passed?: string
  variables?: Record<string, unknown>
  limit: string
}

interface ValidatorRow {
  id: string
  publicKey: string
  label: string | null
  region: string | null
  pendingPayouts: string
  banned: boolean
  suspended: boolean
  connected: boolean
}

export interface ValidatorOptions {
  connected?: true
  banned?: true
  suspended?: true
  limit: string
}

export async function listValidators(host: CliHost, { limit, ...only }: ValidatorOptions): Promise<void> {
  const states = Object.keys(only)
  if (states.length > 1) throw new StartFault('Give only one of --connected, --banned and --suspended.')
  const rows = await readPages<ValidatorRow>(host, {
    field: 'validators',
    fields: 'id publicKey label region pendingPayouts banned suspended connected',
    declared: ', $state: ValidatorState!',
    passed: ', state: $state',
    variables: { state: states[0]?.toUpperCase() ?? 'ALL' },
    limit,
  })
  print(
    host,
    ['id', 'state', 'lamports', 'region', 'label', 'key'],
    rows.map((row) => [
      row.id,
      row.banned ? 'banned' : row.suspended ? 'suspended' : row.connected ? 'connected' : '',
      row.pendingPayouts,
      row.region ?? '',
      row.label ?? '',
      row.publicKey,
    ]),
  )
}

interface RoundRow {
  roundAt: string
  kind: string
  rewardLamports: string | null
  closedAt: string | null
  websiteCount: number
  validatorCount: number
  asked: number | null
  answered: number | null
}

export async function listRounds(host: CliHost, { limit }: { limit: string }): Promise<void> {
  const rows = await readPages<RoundRow>(host, {
    field: 'rounds',
    fields: 'roundAt kind rewardLamports closedAt websiteCount validatorCount asked answered',
    limit,
  })
  print(
    host,
    ['round', 'kind', 'websites', 'validators', 'asked', 'answered', 'reward', 'closed'],
    rows.map((row) => [
      row.roundAt,
      row.kind.toLowerCase().replaceAll('_', ' '),
      String(row.websiteCount),
      String(row.validatorCount),
      String(row.asked ?? ''),
      String(row.answered ?? ''),
      row.rewardLamports ?? '',
      row.closedAt?.slice(11) ?? 'open',
    ]),
  )
}

export interface ConflictOptions {
  validator?: string
  limit: string
  json?: true
}

interface ConflictRow {
  roundAt: string
  receivedAt: string
  validator: { id: string }
  second: { statement: string }
}

export async function listConflicts(host: CliHost, { validator, limit, json }: ConflictOptions): Promise<void> {
  const proof = '{ statement leafIndex leafCount path batchStatement signature publicKey }'
  const rows = await readPages<ConflictRow>(host, {
    field: 'conflictingAnswers',
    fields: `id roundAt receivedAt websiteId validator { id publicKey } first ${proof} second ${proof}`,
    declared: ', $validator: ID',
    passed: ', validatorId: $validator',
    variables: { validator: validator ?? null },
    limit,
  })
  if (json) return host.out(JSON.stringify(rows, null, 2))
  print(
    host,
    ['round', 'received', 'validator', 'url'],
    rows.map(({ roundAt, receivedAt, validator: { id }, second }) => [
      roundAt,
      receivedAt,
      id,
      /^url (.*)$/m.exec(second.statement)?.[1] ?? '',
    ]),
  )
}

interface EntryRow {
  at: string
  actor: string
  action: string
  subjectKind: string
  subjectId: string | null
  detail: string | null
  ownerEmail: string | null
}

export async function listLog(host: CliHost, { owner, limit }: { owner?: string; limit: string }): Promise<void> {
  const rows = await readPages<EntryRow>(host, {
    field: 'auditLog',
    fields: 'at actor action subjectKind subjectId detail ownerEmail',
    declared: ', $owner: String',
    passed: ', ownerEmail: $owner',
    variables: { owner: owner ?? null },
    limit,
  })
  print(
    host,
    ['at', 'by', 'action', 'owner', 'subject', 'detail'],
    rows.map((row) => [
      row.at,
      row.actor.toLowerCase(),
      row.action,
      row.ownerEmail ?? '',
      `${row.subjectKind} ${row.subjectId ?? ''}`,
      row.detail ?? '',
    ]),
  )
}

async function readPages<Node>(host: CliHost, listing: Listing): Promise<Node[]> {
  const { field, fields, declared = '', passed = '', variables = {} } = listing
  const limit = readLimit(listing.limit)
  const query = `query ($first: Int!, $after: String${declared}) { page: ${field}(first: $first, after: $after${passed}) {
    pageInfo { hasNextPage endCursor } edges { node { ${fields} } } } }`
  const found: Node[] = []
  let after: string | null = null
  do {
    const first = Math.min(PAGE_SIZE, limit - found.length)
    const { page }: { page: Page<Node> } = await askAsOperator(host, query, { ...variables, first, after })
    found.push(...page.edges.map(({ node }) => node))
    after = page.pageInfo.hasNextPage ? page.pageInfo.endCursor : null
  } while (after !== null && found.length < limit)
  return found
}

function readLimit(text: string): number {
  const limit = /^\d{1,6}$/.test(text) ? Number(text) : 0
  if (limit >= 1 && limit <= LIMIT_MAX) return limit
  throw new StartFault(`--limit must be a whole number from 1 to ${LIMIT_MAX}.`)
}

function print(host: CliHost, headings: readonly string[], rows: readonly (readonly string[])[]): void {
  host.out(formatTable(headings, rows, host.terminalSize()?.columns ?? null))
}
