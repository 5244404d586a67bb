import { fault } from './fault.js'
import { parseInstant } from '../protocol/text-forms.js'

/** Unix milliseconds, or null. Throws BAD_USER_INPUT for a text that is no instant in its canonical spelling. */
export function readInstant(argument: string, text: string | null | undefined): number | null {
  if (text == null) return null
  const instant = parseInstant(text)
  if (instant !== null) return instant
  throw fault(
    'BAD_USER_INPUT',
    `\`${argument}\` must be an instant spelt YYYY-MM-DDTHH:mm:ss.sssZ, such as 2026-11-22T13:00:00.000Z.`,
    { argument },
  )
}
