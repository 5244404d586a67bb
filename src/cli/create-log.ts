import { pino, type LogFn, type Logger } from 'pino'
import type { LogLevel } from '../settings.js'
import { redactFields, redactText } from './redact.js'

/** JSON lines for machines, or sentences for people; neither contains secrets. */
export function createLog(level: LogLevel, form: 'JSON' | 'PEOPLE', write: (line: string) => void): Logger {
  const line = form === 'JSON' ? (text: string) => text.trimEnd() : sentence
  return pino(
    {
      level,
      hooks: { logMethod: redactWords },
      formatters: { log: redactFields },
      base: null,
      timestamp: pino.stdTimeFunctions.isoTime,
    },
    { write: (text: string) => write(line(text)) },
  )
}

/** Messages may contain secrets too; an error alone becomes its own message. */
function redactWords(this: Logger, words: unknown[], log: LogFn): void {
  const [first, ...others] = words
  const said = first instanceof Error ? [{ error: first }, first.message, ...others] : words
  log.apply(this, said.map((word) => (typeof word === 'string' ? redactText(word) : word)) as Parameters<LogFn>)
}

function sentence(text: string): string {
  const { level, msg, error } = JSON.parse(text) as {
    level: number
    msg: string
    error?: { message: string; stack?: string }
  }
  const name = pino.levels.labels[level] ?? 'info'
  const prefix = name === 'info' || name === 'debug' ? '' : `${name}: `
  // Only a bug needs its stack.
  const detail = name === 'fatal' ? `\n${error?.stack}` : ` (${error?.message})`
  return `${prefix}${msg}${error ? detail : ''}`
}
