import { pino, stdSerializers, type Logger } from 'pino'
import type { LogLevel } from '../settings.js'

/** One redaction list for all that is ever logged. */
const REDACTED_PATHS = [
  'token',
  'password',
  'authorization',
  'signature',
  '*.token',
  '*.password',
  '*.authorization',
  '*.signature',
]

/** A log of JSON lines for machines, or of sentences for the person at the terminal. */
export function createLog(level: LogLevel, form: 'JSON' | 'PEOPLE', write: (line: string) => void): Logger {
  const line = form === 'JSON' ? (text: string) => write(text.trimEnd()) : (text: string) => write(sentence(text))
  return pino(
    {
      level,
      serializers: { error: stdSerializers.err },
      redact: REDACTED_PATHS,
      base: null,
      timestamp: pino.stdTimeFunctions.isoTime,
    },
    { write: line },
  )
}

function sentence(text: string): string {
  const { level, msg, error } = JSON.parse(text) as { level: number; msg: string; error?: { message: string } }
  const name = pino.levels.labels[level] ?? 'info'
  const prefix = name === 'info' || name === 'debug' ? '' : `${name}: `
  return `${prefix}${msg}${error ? ` (${error.message})` : ''}`
}
