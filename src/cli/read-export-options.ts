import { readFile } from 'node:fs/promises'
import { readOperatorToken } from '../access/operator-token.js'
import { localOrigin } from '../http/listen.js'
import { EXPORT_FORMATS } from '../export/export-format.js'
import { EXPORT_KINDS } from '../export/export-kinds.js'
import { StartFault } from '../start-fault.js'
import { hubOrigin } from '../protocol/text-forms.js'
import { readHubSettings } from './read-hub-settings.js'

export interface ExportOptions {
  format?: string
  website?: string
  from?: string
  to?: string
  owner?: string
  hub?: string
  token?: string
  output?: string
  force?: true
}

type Environment = Readonly<Record<string, string | undefined>>

export interface ExportCall {
  hub: string
  url: string
  token: string
}

const DEFAULT_HUB = 'http://localhost:8081'

/** Throws StartFault for what was typed wrongly. */
export async function readExportOptions(kind: string, options: ExportOptions, env: Environment): Promise<ExportCall> {
  const format = options.format ?? formatOf(options.output)
  requireOneOf('The kind', EXPORT_KINDS, kind)
  requireOneOf('--format', EXPORT_FORMATS, format)
  const { hub, token } = options.owner === undefined ? await asOwner(options, env) : await asOperator(options, env)
  const { website, from, to, owner } = options
  // An empty value (`--website "$ID"`) is sent to the hub, which refuses it: it must not mean everything.
  const given = Object.entries({ website, from, to, owner }).filter(
    (entry): entry is [string, string] => entry[1] !== undefined,
  )
  const url = new URL(`/export/${kind}.${format}`, hub)
  url.search = new URLSearchParams(given).toString()
  return { hub, url: url.href, token }
}

/** A file's name determines the format. */
function formatOf(output: string | undefined): string {
  return EXPORT_FORMATS.find((format) => output?.endsWith(`.${format}`)) ?? 'csv'
}

function requireOneOf(what: string, values: readonly string[], value: string): void {
  if (!values.includes(value)) {
    throw new StartFault(`${what} must be one of ${values.join(', ')}, not ${JSON.stringify(value)}.`)
  }
}

async function asOwner({ hub, token: file }: ExportOptions, env: Environment) {
  const address = hub ?? (env['OVERLAPS_HUB'] || DEFAULT_HUB)
  return { hub: readHub(address), token: file === undefined ? tokenOf(env) : await readToken(file) }
}

/** Whoever can read the data folder of the hub on this machine. */
async function asOperator({ hub, token, owner }: ExportOptions, env: Environment) {
  if (token !== undefined) throw new StartFault(`--owner asks as the operator: leave out --token, or --owner ${owner}.`)
  const settings = readHubSettings(env)
  const operatorToken = await readOperatorToken(settings.dataDir).catch(() => {
    throw new StartFault(
      `There is no operator token in the data folder ${settings.dataDir}: set OVERLAPS_DATA_DIR to the hub's folder, or ask with the owner's token and without --owner.`,
    )
  })
  return { hub: hub === undefined ? localOrigin(settings.host, settings.port) : readHub(hub), token: operatorToken }
}

function readHub(address: string): string {
  const origin = hubOrigin(address)
  if (origin !== null) return origin
  throw new StartFault(`The hub (--hub or OVERLAPS_HUB) must be an address such as ${DEFAULT_HUB}.`)
}

function tokenOf(env: Environment): string {
  const token = env['OVERLAPS_TOKEN']?.trim()
  if (token) return checked(token, 'OVERLAPS_TOKEN')
  throw new StartFault("An export needs an owner's token: name its file with --token, or set OVERLAPS_TOKEN to it.")
}

async function readToken(file: string): Promise<string> {
  const text = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    throw new StartFault(`The token's file ${file} cannot be read (${error.code}).`)
  })
  return checked(text.trim(), `The file ${file}`)
}

/** A header value must be one word. A wrong one is not repeated, since it may be another secret. */
function checked(token: string, where: string): string {
  if (/^[\x21-\x7e]+$/.test(token)) return token
  throw new StartFault(`${where} contains no token, which is one word that begins with ovo_.`)
}
