import { readFile, readdir, stat } from 'node:fs/promises'
import path from 'node:path'
import { buildSchema, isEnumType, parse, validate, type GraphQLEnumType } from 'graphql'
import { describe, expect, it } from 'vitest'
import { HUB_FAULT_KINDS } from '../../src/agent/link/hub-fault.js'
import { ABSTENTION_REASONS } from '../../src/protocol/abstention.js'
import { readAgentSettings } from '../../src/agent/read-agent-settings.js'
import { FAULT_CODES } from '../../src/graph/fault.js'
import { PAGE_SIZE_DEFAULT, PAGE_SIZE_MAX } from '../../src/limits.js'
import { readSettings } from '../../src/hub/read-settings.js'
import * as limits from '../../src/protocol/limits.js'
import vectors from '../../src/protocol/vectors.json' with { type: 'json' }
import type { SettingGroup, WholeSetting } from '../../src/setting-rows.js'
import { SETTINGS } from '../../src/settings.js'
import { readBlocks } from './read-examples.js'

const GUIDES = (await readdir('docs')).filter((name) => name.endsWith('.md')).map((name) => `docs/${name}`)
const DOCUMENTS = ['README.md', 'SECURITY.md', 'CONTRIBUTING.md', 'CHANGELOG.md', 'src/README.md', ...GUIDES]
const texts = Object.fromEntries(await Promise.all(DOCUMENTS.map(async (file) => [file, await readFile(file, 'utf8')])))
const guides = GUIDES.map((file) => textOf(file)).join('\n')
const schema = buildSchema(await readFile('schema.graphql', 'utf8'))

function textOf(file: string): string {
  return (texts[file] as string | undefined) ?? ''
}

/** The rows of all tables of a document whose first cell fits, cell by cell. */
function rows(file: string, first: RegExp): string[][] {
  return textOf(file)
    .split('\n')
    .filter((line) => line.startsWith('| '))
    .map((line) => line.split('|').map((cell) => cell.trim()))
    .map((cells) => cells.slice(1, -1))
    .filter(([cell = '']) => first.test(cell))
}

const quoted = (text: string) => [...text.matchAll(/`([A-Z_]+)`/g)].map((match) => match[1] ?? '')

describe('links', () => {
  it.each(DOCUMENTS)('of %s lead somewhere', async (file) => {
    const links = [...textOf(file).matchAll(/\]\(([^)\s]+)\)/g)].map((match) => match[1] ?? '')
    const broken = await Promise.all(
      links.filter((link) => !/^https?:/.test(link)).map(async (link) => ((await isThere(file, link)) ? null : link)),
    )
    expect(broken.filter((link) => link !== null)).toEqual([])
  })
})

async function isThere(from: string, link: string): Promise<boolean> {
  const [target = '', anchor] = link.split('#')
  const file = target === '' ? from : path.normalize(path.join(path.dirname(from), target))
  if (!(await stat(file).catch(() => null))) return false
  if (anchor === undefined) return true
  const headings = [...(await readFile(file, 'utf8')).matchAll(/^#+ (.+)$/gm)].map((match) => slugOf(match[1] ?? ''))
  return headings.includes(anchor)
}

/** As forges make them. */
function slugOf(heading: string): string {
  return heading
    .toLowerCase()
    .replaceAll(/[^\p{Letter}\p{Number} _-]/gu, '')
    .replaceAll(' ', '-')
}

const HUB_VARIABLE = /^`(PORT|DATABASE_URL|OVERLAPS_\w+)`$/
const AGENT_VARIABLE = /^`--/

describe('settings', async () => {
  const agentCode = await readFile('src/agent/read-agent-settings.ts', 'utf8')
  const hubSettings = Object.values<SettingGroup>(SETTINGS).flatMap((group) => Object.values(group))
  const hubVariables = hubSettings.map(({ variable }) => variable)
  const agentSettings = [...agentCode.matchAll(/flag: '(.+)',\s+variable: '(.+)'/g)].map((match) => match.slice(1, 3))

  it('of the hub are those in docs/operators.md', () => {
    expect(rows('docs/operators.md', HUB_VARIABLE).map(([name = '']) => name.slice(1, -1))).toEqual(hubVariables)
  })

  it.each(hubSettings.filter((setting): setting is WholeSetting<unknown> => 'least' in setting))(
    'of the hub have the bounds that docs/operators.md says: $variable',
    ({ variable, least, most }) => {
      const [, , about] = rows('docs/operators.md', HUB_VARIABLE).find(([name]) => name === `\`${variable}\``) ?? []
      expect(about).toContain(`${least} to ${most}`)
    },
  )

  it('of the hub are there where README.md names them', () => {
    const named = rows('README.md', HUB_VARIABLE).map(([name = '']) => name.slice(1, -1))
    expect(named.length).toBeGreaterThan(4)
    expect(hubVariables).toEqual(expect.arrayContaining(named))
  })

  it('of the agent are those in docs/validators.md', () => {
    const written = rows('docs/validators.md', AGENT_VARIABLE).map(([names = '']) =>
      names
        .split(', ')
        .slice(0, 2)
        .map((name) => name.slice(1, -1)),
    )
    expect(written).toEqual(agentSettings)
  })

  it.each(['README.md', 'docs/operators.md'])('of the hub have the defaults that %s says', (file) => {
    const defaults = rows(file, HUB_VARIABLE).flatMap(([name = '', value = '']) =>
      /^`.+`$/.test(value) ? [[name.slice(1, -1), value.slice(1, -1)]] : [],
    )
    expect(defaults.length).toBeGreaterThan(4)
    expect(readSettings(Object.fromEntries(defaults) as Record<string, string>)).toEqual(readSettings({}))
  })

  it('of the agent have the defaults that docs/validators.md says', () => {
    const defaults = rows('docs/validators.md', AGENT_VARIABLE).flatMap(([names = '', value = '']) =>
      /^`.+`$/.test(value) ? [[names.split(', ')[1]?.slice(1, -1), value.slice(1, -1)]] : [],
    )
    const read = (env: Record<string, string>) => readAgentSettings({ flags: { hub: 'http://hub' }, env, file: {} })
    expect(defaults).toHaveLength(4)
    expect(read(Object.fromEntries(defaults) as Record<string, string>)).toEqual(read({}))
  })
})

describe('codes and reasons', () => {
  it('are all of FAULT_CODES', () => {
    const codes = rows('docs/owners.md', /^`[A-Z_]+`$/).map(([code = '']) => code.slice(1, -1))
    expect(codes).toEqual(expect.arrayContaining([...FAULT_CODES]))
  })

  const enums = Object.values(schema.getTypeMap()).filter(isEnumType)
  const namesOf = (type: GraphQLEnumType | undefined) => (type?.getValues() ?? []).map(({ name }) => name).sort()
  const refusals = enums.filter(({ name }) => name.endsWith('Refusal') && name !== 'SignupRefusal')

  it.each(refusals.map((type) => [type.name, type] as const))(
    '%s: the reasons that its mutation lists',
    (name, type) => {
      const field = name.charAt(0).toLowerCase() + name.slice(1, -'Refusal'.length)
      const row = ['docs/owners.md', 'docs/operators.md', 'docs/protocol.md']
        .flatMap((file) => rows(file, /^`\w+`$/))
        .find(([cell]) => cell === `\`${field}\``)
      expect(quoted(row?.[1] ?? '').sort()).toEqual(namesOf(type))
      const explained = quoted(
        ['docs/owners.md', 'docs/protocol.md']
          .flatMap((file) => rows(file, /^`[A-Z_]+`/))
          .map(([cell]) => cell)
          .join(' '),
      )
      const elsewhere = quoted(textOf('docs/operators.md'))
      expect(namesOf(type).filter((reason) => ![...explained, ...elsewhere].includes(reason))).toEqual([])
    },
  )

  it.each(['SignupRefusal', 'TickRejection'])('%s: the table that follows its name', (name) => {
    const [, after = ''] = textOf('docs/validators.md').split(`\`${name}\``)
    const table = /^\|[\s\S]*?\n\n/m.exec(after)?.[0] ?? ''
    const reasons = [...table.matchAll(/^\| `([A-Z_]+)` \|/gm)].map((match) => match[1] ?? '')
    expect(reasons.sort()).toEqual(namesOf(enums.find((type) => type.name === name)))
  })
})

describe('what the agent tells', async () => {
  const link = /^## The link to the hub\n([\s\S]*?)^## /m.exec(textOf('docs/validators.md'))?.[1] ?? ''
  const rowsOfLink = [...link.matchAll(/^\| (`[A-Z_`, ]+`) \|/gm)].flatMap((match) => quoted(match[1] ?? ''))
  const eventCode = await readFile('src/agent/agent-event.ts', 'utf8')
  const events = [...eventCode.matchAll(/event: '([A-Z_]+)'/g)].map((match) => match[1] ?? '')

  it.each(HUB_FAULT_KINDS)('the fault %s has a row in docs/validators.md', (kind) => {
    expect(rowsOfLink).toContain(kind)
  })

  it('has no row for what is neither a fault nor an event', () => {
    expect(rowsOfLink.filter((name) => ![...HUB_FAULT_KINDS, ...events].includes(name))).toEqual([])
  })

  it('every event is in the list of docs/validators.md', () => {
    const list = textOf('docs/validators.md')
      .split('\n')
      .find((line) => line.startsWith('With `--json` every event'))
    expect(events.length).toBeGreaterThan(10)
    expect(quoted(list ?? '').sort()).toEqual([...events].sort())
  })
})

it('a validator could not check: the reasons that docs/validators.md explains', () => {
  const [, after = ''] = textOf('docs/validators.md').split('## When it cannot check')
  const [section = ''] = after.split('\n## ')
  const reasons = [...section.matchAll(/^\| `([A-Z_]+)` \| .+ \| .+ \|$/gm)].map((match) => match[1])
  expect(reasons).toEqual([...ABSTENTION_REASONS])
})

describe('the API', () => {
  const roots = [schema.getQueryType(), schema.getMutationType(), schema.getSubscriptionType()]
  const fields = roots.flatMap((type) => Object.keys(type?.getFields() ?? {}))

  it.each(fields)('%s is in an example or a message', async (field) => {
    const blocks = (await Promise.all([...GUIDES, 'README.md'].map(readBlocks))).flat()
    const isShown = blocks.some(({ language, text }) => language !== '' && new RegExp(`\\b${field}\\b`).test(text))
    expect(isShown).toBe(true)
  })

  it('has the limits that the documents say', () => {
    const { CHALLENGE_LIFETIME_MS, SESSION_LIFETIME_MS, TASK_TIMEOUT_MARGIN_MS } = limits
    const numbers = [
      limits.URL_LENGTH_MAX,
      limits.STATUSES_LENGTH_MAX,
      limits.KEYWORD_MAX_BYTES,
      limits.HEADERS_MAX,
      limits.HEADER_NAME_LENGTH_MAX,
      limits.HEADER_VALUE_LENGTH_MAX,
      limits.CHECK_BODY_MAX_BYTES,
      limits.CHECK_TIMEOUT_MAX_MS,
      limits.CERTIFICATE_DAYS_MAX,
      limits.REDIRECTS_MAX,
      limits.BODY_READ_MAX_BYTES,
      limits.TASKS_PER_EVENT_MAX,
      limits.TICKS_PER_BATCH_MAX,
      TASK_TIMEOUT_MARGIN_MS,
      PAGE_SIZE_MAX,
      PAGE_SIZE_DEFAULT,
    ]
    expect(numbers.filter((number) => !new RegExp(`\\b${number}\\b`).test(guides))).toEqual([])
    expect(guides).toContain(`${CHALLENGE_LIFETIME_MS / 1000} seconds`)
    expect(guides).toContain(`${SESSION_LIFETIME_MS / 3_600_000} hours`)
  })
})

describe('the protocol', () => {
  const protocol = textOf('docs/protocol.md')

  it('is shown with statements and signatures of vectors.json', () => {
    const shown = [vectors.signup[0], vectors.tick[0], vectors.batch[2]]
    for (const vector of shown) {
      expect(protocol).toContain(vector?.statement)
      expect(protocol).toContain(vector?.signature)
    }
    expect(protocol).toContain(vectors.signup[0]?.sha256)
  })

  it('is shown in messages whose documents fit the schema', async () => {
    const messages = (await readBlocks('docs/protocol.md')).filter(({ words }) => words === 'message')
    expect(messages.length).toBeGreaterThan(1)
    for (const { text } of messages) {
      const { payload } = JSON.parse(text) as { payload: { query: string } }
      expect(validate(schema, parse(payload.query))).toEqual([])
    }
  })
})
