import { EXPORT_FORMATS, type ExportFormat } from './export-format.js'
import { EXPORT_KINDS, type ExportKind } from './export-kinds.js'
import { parseInstant } from '../protocol/text-forms.js'

export interface ExportQuery {
  websiteId: string | null
  from: number | null
  until: number | null
  /** The address of the owner that an operator exports for. */
  ownerEmail: string | null
}

const PARAMETERS = ['website', 'from', 'to', 'owner'] as const
const DAY = /^\d{4}-\d{2}-\d{2}$/

/** The kind and the form that a path below /export/ names; null when it names none. */
export function readExportPath(path: string): { kind: ExportKind; format: ExportFormat } | null {
  const [, name, extension] = /^([a-z]+)\.([a-z]+)$/.exec(path) ?? []
  const kind = EXPORT_KINDS.find((one) => one === name)
  const format = EXPORT_FORMATS.find((one) => one === extension)
  return kind && format ? { kind, format } : null
}

/** Reads the parameters of an export. Returns a sentence where they are wrong: what is overlooked gives a wrong file. */
export function readExportQuery(parameters: URLSearchParams): ExportQuery | string {
  const names = [...parameters.keys()]
  const unknown = names.find((name) => !PARAMETERS.some((one) => one === name))
  if (unknown !== undefined) return `There is no parameter ${JSON.stringify(unknown)}: send ${PARAMETERS.join(', ')}.`
  const repeated = names.find((name, index) => names.indexOf(name) < index)
  if (repeated !== undefined) return `The parameter ${repeated} is sent more than once: send it once.`
  const instants = { from: parameters.get('from'), to: parameters.get('to') }
  for (const [name, text] of Object.entries(instants)) {
    if (text !== null && readInstant(text) === null) {
      return `${name} must be an instant such as 2026-11-22T13:00:00.000Z or a UTC day such as 2026-11-22, not ${JSON.stringify(text.slice(0, 40))}.`
    }
  }
  const from = instants.from === null ? null : readInstant(instants.from)
  const until = instants.to === null ? null : readInstant(instants.to)
  if (from !== null && until !== null && from >= until) return 'from must lie before to.'
  return { websiteId: parameters.get('website'), from, until, ownerEmail: parameters.get('owner') }
}

function readInstant(text: string): number | null {
  return parseInstant(DAY.test(text) ? `${text}T00:00:00.000Z` : text)
}
