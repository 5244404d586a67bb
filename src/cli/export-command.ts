import { Command } from 'commander'
import { StartFault } from '../start-fault.js'
import type { CliHost } from './cli-host.js'
import { readExportOptions, type ExportCall, type ExportOptions } from './read-export-options.js'
import { tellStartFault } from './tell-start-fault.js'
import { requireNoFile, writeOutput } from './write-output.js'

/** A correct request whose export did not become whole. */
class ExportFailure extends Error {}

/** Statuses of a wrong request. */
const WRONG_USE = new Set([400, 401, 403, 404])

export function exportCommand(host: CliHost): Command {
  return new Command('export')
    .description("Download an owner's records from a running hub, as CSV or JSON Lines.")
    .argument('<kind>', 'ticks, rosters, verdicts, changes, incidents, timeline or rollups')
    .option('--format <format>', 'csv or jsonl; by default what the name of --output ends with, else csv')
    .option('--website <id>', 'one website only')
    .option('--from <instant>', 'start, such as 2026-11-22T13:00:00.000Z or 2026-11-22')
    .option('--to <instant>', 'end, not included')
    .option('--hub <address>', 'the hub; http://localhost:8081 by default (OVERLAPS_HUB)')
    .option('--token <file>', "the file that holds an owner's token (or the token itself in OVERLAPS_TOKEN)")
    .option('--owner <email>', "export this owner's records, as the operator of the hub on this machine")
    .option('-o, --output <file>', 'write to a file instead of the terminal')
    .option('--force', 'overwrite the file')
    .action((kind: string, options: ExportOptions) => tellStartFault(host, () => runExport(host, kind, options)))
}

async function runExport(host: CliHost, kind: string, options: ExportOptions): Promise<void> {
  const call = await readExportOptions(kind, options, host.env)
  const { output: file, force } = options
  if (force && file === undefined) throw new StartFault('--force needs a file: name it with --output.')
  if (file !== undefined && !force) await requireNoFile(file)
  const stopping = new AbortController()
  const forget = host.onSignal(['SIGINT', 'SIGTERM', 'SIGHUP'], () => stopping.abort())
  try {
    const pieces = await ask(call, stopping.signal)
    if (file === undefined) for await (const piece of pieces) await host.write(piece)
    else await writeOutput(file, pieces, force ? 'REPLACE' : 'KEEP')
  } catch (error) {
    const sentence = stopping.signal.aborted ? 'Stopped before the export was complete.' : sentenceOf(error, file)
    if (sentence === null) throw error
    if (sentence !== '') host.err(file === undefined ? sentence : `${sentence} No file was written.`)
    host.exitWith(1)
  } finally {
    forget()
  }
}

/** Null for what is no failure, and empty where nobody is left to read it (`overlaps export … | head`). */
function sentenceOf(error: unknown, file: string | undefined): string | null {
  if (error instanceof ExportFailure) return error.message
  const { code, syscall } = error as NodeJS.ErrnoException
  if (code === 'EPIPE') return ''
  return syscall === 'write' || syscall === 'fsync'
    ? `${file ?? 'The export'} cannot be written (${code}): check the free space on its disk.`
    : null
}

/** Resolves when the hub has begun to send. */
async function ask({ hub, url, token }: ExportCall, signal: AbortSignal): Promise<AsyncIterable<Uint8Array>> {
  const headers = { authorization: `Bearer ${token}` }
  const response = await fetch(url, { headers, redirect: 'error', signal }).catch((error: unknown) => {
    if (signal.aborted) throw error
    throw new ExportFailure(`No hub answers at ${hub} (${reasonOf(error)}): name it with --hub, or start it.`)
  })
  const type = response.headers.get('content-type') ?? ''
  if (response.status === 200 && response.body && /^(text\/csv|application\/jsonl)/.test(type)) {
    return piecesOf(response.body, hub, signal)
  }
  const message = messageOf(await response.text().catch(() => ''))
  if (message === null) throw new StartFault(`The server at ${hub} is not a hub: name it with --hub.`)
  if (WRONG_USE.has(response.status)) throw new StartFault(message)
  throw new ExportFailure(message)
}

async function* piecesOf(
  body: ReadableStream<Uint8Array>,
  hub: string,
  signal: AbortSignal,
): AsyncGenerator<Uint8Array> {
  const reader = body.getReader()
  try {
    for (;;) {
      const { done, value } = await reader.read().catch((error: unknown) => {
        if (signal.aborted) throw error
        throw new ExportFailure(`The hub at ${hub} broke off the export (${reasonOf(error)}): try again.`)
      })
      if (done) return
      yield value
    }
  } finally {
    await reader.cancel().catch(() => undefined)
  }
}

/** Null when it is no hub that answers. */
function messageOf(body: string): string | null {
  try {
    const { errors } = JSON.parse(body) as { errors?: { message?: unknown }[] }
    const message = errors?.[0]?.message
    return typeof message === 'string' ? message : null
  } catch {
    return null
  }
}

function reasonOf(error: unknown): string {
  const { cause, message } = error as Error
  const { code, message: inner } = (cause ?? {}) as NodeJS.ErrnoException
  return code ?? inner ?? message
}
