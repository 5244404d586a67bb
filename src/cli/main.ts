#!/usr/bin/env node
import './production.js'
import type { CliHost, ExitCode } from './cli-host.js'
import { runCommandLine } from './run-command-line.js'

const { stdout, stderr } = process

/** The only file that touches the process. */
const host: CliHost = {
  // eslint-disable-next-line node/no-process-env -- read here and nowhere else
  env: process.env,
  out: (line) => void stdout.write(`${line}\n`),
  err: (line) => void stderr.write(`${line}\n`),
  write: (bytes) =>
    new Promise((resolve, reject) => {
      stdout.write(bytes, (error) => (error ? reject(error) : resolve()))
    }),
  draw: (text) => void stdout.write(text),
  onSignal(signals, handler) {
    for (const signal of signals) process.on(signal, handler)
    return () => {
      for (const signal of signals) process.off(signal, handler)
    }
  },
  onCrash(handler) {
    // Unhandled rejections arrive here too.
    process.on('uncaughtException', handler)
    return () => void process.off('uncaughtException', handler)
  },
  exitWith(code: ExitCode) {
    process.exitCode = code
  },
  leaveNow: () => process.exit(1),
  showsColours: stdout.hasColors?.() ?? false,
  terminalSize() {
    // eslint-disable-next-line node/no-process-env -- a terminal that says it can do nothing
    const isDrawable = stdout.isTTY && process.env['TERM'] !== 'dumb' && stdout.columns > 0
    return isDrawable ? { columns: stdout.columns, rows: stdout.rows } : null
  },
}
// The reader has gone (`overlaps … | head`, a closed terminal): what runs here still ends properly.
stdout.on('error', () => {})
stderr.on('error', () => {})

await runCommandLine(host, process.argv.slice(2))
