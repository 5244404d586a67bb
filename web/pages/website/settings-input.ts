import type { CheckInput, HttpMethod, IpVersion, KeywordRule, UpdateWebsiteInput } from '../../client/graphql'
import type { InputFault } from '../../parts/form-faults'
import type { PageData } from './page-data'

export type Settings = Pick<
  PageData,
  'name' | 'tags' | 'everyRounds' | 'minimumVotes' | 'badToOpen' | 'goodToClose' | 'check'
>

const COUNTS = ['everyRounds', 'minimumVotes', 'badToOpen', 'goodToClose'] as const
const CHECK_NUMBERS = ['timeoutMs', 'redirects', 'maxLatencyMs', 'certificateDays'] as const

/** As the form holds them: texts. */
export type SettingsValues = Record<(typeof COUNTS)[number] | (typeof CHECK_NUMBERS)[number], string> & {
  name: string
  tags: string
  method: HttpMethod
  statuses: string
  keyword: string
  keywordMust: KeywordRule | ''
  ipVersion: IpVersion
  headers: string
  body: string
}

export const SETTINGS_FIELDS = [
  'name',
  'tags',
  ...COUNTS,
  ...(
    ['method', 'timeoutMs', 'redirects', 'ipVersion', 'headers', 'body', 'statuses', 'keyword', 'keywordMust'] as const
  ).map((name) => `check.${name}` as const),
  'check.maxLatencyMs',
  'check.certificateDays',
] as const

export function settingsValues({ name, tags, check, ...counts }: Settings): SettingsValues {
  const text = (value: number | null) => (value === null ? '' : String(value))
  return {
    name,
    tags: tags.join(', '),
    everyRounds: text(counts.everyRounds),
    minimumVotes: text(counts.minimumVotes),
    badToOpen: text(counts.badToOpen),
    goodToClose: text(counts.goodToClose),
    method: check.method,
    timeoutMs: text(check.timeoutMs),
    redirects: text(check.redirects),
    maxLatencyMs: text(check.maxLatencyMs),
    certificateDays: text(check.certificateDays),
    statuses: check.statuses,
    keyword: check.keyword ?? '',
    keywordMust: check.keywordMust ?? '',
    ipVersion: check.ipVersion,
    headers: check.headers.map(({ name, value }) => `${name}: ${value}`).join('\n'),
    body: check.body ?? '',
  }
}

export type SettingsChange =
  | { kind: 'CHANGE'; input: Omit<UpdateWebsiteInput, 'id'> }
  | { kind: 'NOTHING' }
  | { kind: 'FAULTS'; faults: InputFault[] }

interface Words {
  number: string
  headerForm: string
}

/** Only what was changed, for new check settings get a revision. An emptied setting of the check gets its default. */
export function settingsChange(before: SettingsValues, after: SettingsValues, words: Words): SettingsChange {
  const isChanged = (name: keyof SettingsValues) => before[name] !== after[name]
  const faults: InputFault[] = []
  const input: Omit<UpdateWebsiteInput, 'id'> = {}
  const check: CheckInput = {}
  if (isChanged('name')) input.name = after.name
  if (isChanged('tags')) input.tags = readTags(after.tags)
  for (const name of COUNTS.filter(isChanged)) {
    const number = wholeNumber(after[name])
    if (number === null) faults.push({ field: name, message: words.number })
    else input[name] = number
  }
  for (const name of CHECK_NUMBERS.filter(isChanged)) {
    const number = wholeNumber(after[name])
    if (number === null && after[name].trim() !== '') faults.push({ field: `check.${name}`, message: words.number })
    else check[name] = number
  }
  if (isChanged('method')) check.method = after.method
  if (isChanged('ipVersion')) check.ipVersion = after.ipVersion
  if (isChanged('statuses')) check.statuses = after.statuses.trim() || null
  if (isChanged('keyword')) check.keyword = after.keyword || null
  if (isChanged('keywordMust')) check.keywordMust = after.keywordMust || null
  if (isChanged('body')) check.body = after.body || null
  if (isChanged('headers')) {
    const headers = readHeaders(after.headers)
    if (headers === null) faults.push({ field: 'check.headers', message: words.headerForm })
    else check.headers = headers
  }
  if (faults.length > 0) return { kind: 'FAULTS', faults }
  if (Object.keys(check).length > 0) input.check = check
  return Object.keys(input).length === 0 ? { kind: 'NOTHING' } : { kind: 'CHANGE', input }
}

/** Null for what is none, or more than the API's numbers hold. */
function wholeNumber(text: string): number | null {
  return /^-?\d{1,9}$/.test(text.trim()) ? Number(text) : null
}

function readTags(text: string): string[] {
  return text
    .split(',')
    .map((tag) => tag.trim())
    .filter((tag) => tag !== '')
}

/** Null where a line has no colon; a blank line is none. */
function readHeaders(text: string): { name: string; value: string }[] | null {
  const lines = text.split('\n').filter((line) => line.trim() !== '')
  if (lines.some((line) => line.indexOf(':') < 1)) return null
  return lines.map((line) => {
    const colon = line.indexOf(':')
    return { name: line.slice(0, colon).trim(), value: line.slice(colon + 1).trim() }
  })
}
