import { rm } from 'node:fs/promises'
import { expect } from 'vitest'
import { eventually } from '../../src/testing/eventually.js'
import type { BuiltCopy } from './built-copy.js'
import type { Caller, ExampleHub } from './example-hub.js'
import { shapeFault, skeleton, type Example } from './read-examples.js'
import { runShell } from './run-shell.js'

// eslint-disable-next-line node/no-process-env -- programs are started with what finds them and nothing else
const { PATH = '', HOME = '' } = process.env
const ENVIRONMENT = { PATH, HOME, npm_config_update_notifier: 'false' }

interface GraphqlAnswer {
  data?: Record<string, unknown> | null
  errors?: { message: string; extensions: { code: string } }[]
}

/** Returns what is wrong with the example; nothing when it does as the document says. */
export async function runDocument({ block, variables, answer }: Example, world: ExampleHub): Promise<unknown[]> {
  const [, caller, reason] = /^(anyone|owner|session|operator|validator)(?: refused (\w+))?$/.exec(block.words) ?? []
  if (caller === undefined) throw new Error('a GraphQL block names who runs it: see CONTRIBUTING.md')
  const token = caller === 'anyone' ? undefined : world.tokens[caller as Exclude<Caller, 'anyone'>]
  const given = variables === null ? {} : (JSON.parse(fillIn(variables, world)) as Record<string, unknown>)
  const result = block.text.trim().startsWith('subscription')
    ? await readFirstEvent(block.text, world, token)
    : await world.hub.post(block.text, { variables: given, ...(token !== undefined && { token }) })
  const outcomes = Object.values(result.data ?? {}) as ({ reason?: string; message?: string } | null)[]
  const refused = outcomes.filter((outcome) => (reason === undefined ? outcome?.message : outcome?.reason !== reason))
  const fault = answer === null ? null : shapeFault(JSON.parse(answer), { data: result.data })
  return [...(result.errors ?? []), ...refused, ...(fault === null ? [] : [fault])]
}

function fillIn(variables: string, { placeholders, hub }: ExampleHub): string {
  return variables
    .replaceAll('http://localhost:8081', hub.url)
    .replaceAll(/<([^<>]+)>/g, (placeholder, name: string) => {
      const value = placeholders[name]
      if (value === undefined) throw new Error(`nothing stands for ${placeholder}`)
      return value
    })
}

/** By server-sent events, which need no client. */
async function readFirstEvent(query: string, { hub }: ExampleHub, token: string | undefined): Promise<GraphqlAnswer> {
  const response = await fetch(`${hub.url}/graphql`, {
    method: 'POST',
    headers: {
      accept: 'text/event-stream',
      'content-type': 'application/json',
      ...(token !== undefined && { authorization: `Bearer ${token}` }),
    },
    body: JSON.stringify({ query }),
  })
  let text = ''
  for await (const chunk of response.body ?? []) {
    text += Buffer.from(chunk as Uint8Array).toString('utf8')
    const event = /^data: (\{.*\})$/m.exec(text)?.[1]
    // Leaving the loop ends the request.
    if (event !== undefined) return JSON.parse(event) as GraphqlAnswer
  }
  throw new Error(`no event came: ${text}`)
}

/** As `runDocument`, for a command; it runs in `folder`. */
export async function runCommand(
  { block, answer, output }: Example,
  world: ExampleHub,
  { folder }: Pick<BuiltCopy, 'folder'>,
): Promise<unknown[]> {
  const { settings } = world.hub.parts
  const until = /^run until (.+)$/.exec(block.words)?.[1] ?? null
  const startsHub = /npm (start|run)|main.js (up|hub|demo)/.test(block.text)
  const ports = startsHub
    ? { PORT: '0' }
    : { PORT: String(settings.port), OVERLAPS_DATA_DIR: settings.dataDir, OVERLAPS_ALLOW_PRIVATE_TARGETS: '1' }
  const text = block.text.replaceAll('http://localhost:8081', world.hub.url).replaceAll('localhost:8090', world.site)
  // Every hub's start is its first.
  await rm(`${folder}/data`, { recursive: true, force: true })
  const running = runShell(text, {
    cwd: folder,
    env: { ...ENVIRONMENT, ...ports, TOKEN: world.tokens.owner },
    until,
  })
  // This one is run to see it answer.
  if (text.includes('minimal-validator')) await beginRound(world)
  const run = await running
  const isDone = until === null ? run.code === 0 : (run.stdout + run.stderr).includes(until)
  if (!isDone) return [run]
  const fault = answer === null ? null : shapeFault(JSON.parse(answer), JSON.parse(run.stdout))
  // What a program says because it is stopped is not looked at.
  const end = until === null ? -1 : run.stdout.indexOf('\n', run.stdout.indexOf(until))
  const printed = run.stdout
    .slice(0, end === -1 ? undefined : end)
    .replaceAll(world.hub.url, 'http://localhost:8081')
    .replaceAll(world.site, 'localhost:8090')
  return [...(fault === null ? [] : [fault]), ...(output === null ? [] : linesNotShown(printed, output))]
}

/** Begins a round as soon as somebody is there to be asked. */
async function beginRound({ hub }: ExampleHub): Promise<void> {
  await eventually(() => expect(hub.parts.sessions.count()).toBe(1))
  await hub.startRound(Date.now())
}

/** Every line that the command printed stands in the document, in that order; the document may show what comes later too. */
function linesNotShown(printed: string, output: string): string[] {
  const shown = output.split('\n').map(skeleton)
  return printed
    .split('\n')
    .map(skeleton)
    .filter((line) => line !== '' && line !== ':')
    .filter((line) => {
      const place = shown.indexOf(line)
      if (place !== -1) shown.splice(0, place + 1)
      return place === -1
    })
}
